-- Adds those that were pointed to. KEYS: known (key -> steps from an operator's seed), ranked (key -> rank),
-- seeds (key -> seed), links (prefix of source -> targets), glanced (keys that wait by what they showed).
-- ARGV: most steps, most targets of one source (0: any number), 1 for ranks or 0 for order of discovery, then from, to, rank, seed for each.
-- Returns how many are new, were known, and are refused: too far, or too many of one source. Safe to repeat.
local most, each, by_rank = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3] == '1'
local new, known, refused = 0, 0, 0
for n = 4, #ARGV, 4 do
  local from, to, rank, seed = ARGV[n], ARGV[n + 1], tonumber(ARGV[n + 2]), ARGV[n + 3]
  redis.call('HSETNX', KEYS[1], from, 0)
  local steps = tonumber(redis.call('HGET', KEYS[1], from)) + 1
  local before = redis.call('HGET', KEYS[1], to)
  if before then
    known = known + 1
    if by_rank and redis.call('ZSCORE', KEYS[2], to) and redis.call('SISMEMBER', KEYS[5], to) == 0 then redis.call('ZADD', KEYS[2], 'GT', rank, to) end
    if tonumber(before) > steps then redis.call('HSET', KEYS[1], to, steps) end
  elseif steps > most or (each > 0 and redis.call('SCARD', KEYS[4] .. ':' .. from) >= each) then
    refused = refused + 1
  else
    new = new + 1
    redis.call('HSET', KEYS[1], to, steps)
    redis.call('HSET', KEYS[3], to, seed)
    if each > 0 then redis.call('SADD', KEYS[4] .. ':' .. from, to) end
    redis.call('ZADD', KEYS[2], by_rank and rank or -redis.call('HLEN', KEYS[1]), to)
  end
end
return {new, known, refused}
