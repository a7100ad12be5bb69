-- What is known of who points: of its offers seen so far, how many carry a flag. KEYS: heat (key:f and key:n -> counts),
-- ranked, links (prefix of source -> targets). ARGV: most, then key, flagged, offers for each. A target that waits
-- moves with whoever pointed to it. Returns the heat of each, 0 to most.
local most, out = tonumber(ARGV[1]), {}
local function heat(key)
  local f = tonumber(redis.call('HGET', KEYS[1], key .. ':f') or 0)
  local n = tonumber(redis.call('HGET', KEYS[1], key .. ':n') or 0)
  return math.floor(most * f / (n + 1) + 0.5)
end
for n = 2, #ARGV, 3 do
  local key, before = ARGV[n], heat(ARGV[n])
  redis.call('HINCRBY', KEYS[1], key .. ':f', ARGV[n + 1])
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
