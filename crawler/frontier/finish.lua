-- End a run, if nothing of it is queued, leased or under way; then forget what it has seen and spent.
-- Returns the buckets' epoch that is to be removed by the caller, in small steps.
local a = cmsgpack.unpack(ARGV[3])
local n = call('HMGET', P .. ':n', 'queued', 'leased', 'pushed', 'epoch', 'seen_generation')
local queued, leased, pushed = tonumber(n[1] or 0), tonumber(n[2] or 0), tonumber(n[3] or 0)
if queued > 0 or leased > 0 or pushed ~= a.pushed then return cmsgpack.pack({ended = false}) end
if not a.keep and (n[5] or call('EXISTS', P .. ':b', P .. ':blocked') > 0) then
  local epoch = tonumber(n[4] or 0)
  call('HSET', P .. ':n', 'epoch', epoch + 1)
  call('HDEL', P .. ':n', 'seen_generation', 'seen_in_generation', 'turn', 'share', 'share_until')
  call('DEL', P .. ':b', P .. ':bt', P .. ':blocked')
  call('RPUSH', P .. ':old', epoch .. ':' .. tonumber(n[5] or 0))
end
return cmsgpack.pack({ended = true})
