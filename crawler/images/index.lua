-- Record a picture of a storefront and return all recorded pictures that may be the same one.
-- KEYS: the band keys of its hash, then those of its mirrored hash. ARGV: member, members per band at most, seconds.
-- A member is the hash and the storefront's digest. Safe to repeat. A band that is full takes no more: pictures that
-- everybody shows need no longer list of witnesses, and nobody can fill the memory.
local half = #KEYS / 2
for k = 1, half do
  if redis.call('SCARD', KEYS[k]) < tonumber(ARGV[2]) then redis.call('SADD', KEYS[k], ARGV[1]) end
  redis.call('EXPIRE', KEYS[k], ARGV[3])
end
return redis.call('SUNION', unpack(KEYS))
