-- Record one storefront's vote on a product's price, and return all votes of this epoch and the one before.
-- KEYS: votes of this epoch, votes of the epoch before (hashes: owner -> price step); one hash tag, so one shard.
-- ARGV: owner, or '' to read only; step; most owners kept; seconds that an epoch's votes live.
-- Safe to repeat. A vote only rises; beyond the limit those owners are kept whose digests are the smallest: both
-- make the result independent of the order in which workers report.
local owner, step, most = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
if owner ~= '' then
  local before = tonumber(redis.call('HGET', KEYS[1], owner))
  if not before or before < step then
    redis.call('HSET', KEYS[1], owner, step)
    redis.call('EXPIRE', KEYS[1], ARGV[4])
  end
  if not before and redis.call('HLEN', KEYS[1]) > most then
    local largest = ''
    for _, name in ipairs(redis.call('HKEYS', KEYS[1])) do
      if name > largest then largest = name end
    end
    redis.call('HDEL', KEYS[1], largest)
  end
end
return {redis.call('HGETALL', KEYS[1]), redis.call('HGETALL', KEYS[2])}
