-- What is known of who points: points of its offers seen so far, up to 100 each. KEYS: heat (key:p and key:n -> sums),
-- ranked, links (prefix of source -> targets). ARGV: most, then key, points, offers for each. A target that waits
-- moves with whoever pointed to it. Returns the heat of each, 0 to most.
local most, out = tonumber(ARGV[1]), {}
local function heat(key)
  local p = tonumber(redis.call('HGET', KEYS[1], key .. ':p') or 0)
  local n = tonumber(redis.call('HGET', KEYS[1], key .. ':n') or 0)
  return math.floor(most * p / (100 * (n + 1)) + 0.5)
end
for n = 2, #ARGV, 3 do
  local key, before = ARGV[n], heat(ARGV[n])
  redis.call('HINCRBY', KEYS[1], key .. ':p', ARGV[n + 1])
  redis.call('HINCRBY', KEYS[1], key .. ':n', ARGV[n + 2])
  local after = heat(key)
  if after ~= before then
    for _, target in ipairs(redis.call('SMEMBERS', KEYS[3] .. ':' .. key)) do
      if redis.call('ZSCORE', KEYS[2], target) then redis.call('ZINCRBY', KEYS[2], after - before, target) end
    end
  end
  out[#out + 1] = after
end
return out
