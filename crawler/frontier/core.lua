-- What all frontier scripts share: names, counters, queues of a host. Prepended to every other script.
-- KEYS[1] the shard's hash tag, ARGV[1] the frontier's name, ARGV[2] milliseconds or '' for the server's clock,
-- ARGV[3] the script's own arguments in msgpack. Every key that is touched begins with KEYS[1].
local TAG, P = KEYS[1], KEYS[1] .. ':' .. ARGV[1]
local call, pcall_ = redis.call, redis.pcall
local BANDS = 3
local CLOCK_IDLE = 7200000 -- ms that a host's clock outlives its last use: longer than any delay or rest we keep
local FAR = 9e15           -- "not before somebody says so": the ready time of a paused host

local now
if ARGV[2] == '' then
  local t = call('TIME')
  now = t[1] * 1000 + math.floor(t[2] / 1000)
else
  now = tonumber(ARGV[2])
end

local counts = {}
local function count(name, n)
  if n ~= 0 then counts[name] = (counts[name] or 0) + n end
end
local function write_counts()
  for name, n in pairs(counts) do call('HINCRBY', P .. ':n', name, n) end
  counts = {}
end

local function queue(host, band) return P .. ':q:' .. host .. ':' .. band end
local function flying(host) return P .. ':i:' .. host end
local function clock(host) return TAG .. ':c:' .. host end
local function ready(band) return P .. ':r' .. band end

-- An entry: attempts, band (one character each), storefront NUL, case NUL, payload. Returns nil if it is not one.
local function parse(entry)
  local attempts, band, nul, nul2 = entry:byte(1, 4)
  if nul == 0 and nul2 == 0 and attempts >= 48 and band >= 48 and band < 48 + BANDS then
    return attempts - 48, band - 48, '', ''
  end
  if not band or attempts < 48 or band < 48 or band >= 48 + BANDS then return nil end
  local site_end = entry:find('\0', 3, true)
  local case_end = site_end and entry:find('\0', site_end + 1, true)
  if not case_end then return nil end
  return attempts - 48, band - 48, entry:sub(3, site_end - 1), entry:sub(site_end + 1, case_end - 1)
end

-- Length of a host's queue in a band; a key of a foreign type is put aside, never read.
local function length(host, band)
  local n = pcall_('LLEN', queue(host, band))
  if type(n) == 'number' then return n end
  call('RENAME', queue(host, band), P .. ':foreign')
  count('foreign', 1)
  return 0
end

-- How many of a host's bands hold anything: one call where asking for each length would be three.
local function filled(host) return call('EXISTS', queue(host, 0), queue(host, 1), queue(host, 2)) end

local function best_band(host)
  if filled(host) == 0 then return nil end
  for band = 0, BANDS - 1 do
    if length(host, band) > 0 then return band end
  end
end

-- Which lines hold anybody: most often only one does, and the others need not be searched for a host.
local lines_used = {}
local function line_used(band)
  if lines_used[band] == nil then lines_used[band] = call('EXISTS', ready(band)) == 1 end
  return lines_used[band]
end

-- Put a host that is neither leased nor in any line into the line of its best band, not before `at`.
local paused
local function line_up(host, at, band)
  band = band or best_band(host)
  if not band then return end
  if paused == nil then paused = call('EXISTS', TAG .. ':paused') == 1 end
  if paused and call('SISMEMBER', TAG .. ':paused', host) == 1 then at = FAR end
  call('ZADD', ready(band), at, host)
  lines_used[band] = true
end

local function leave_lines(host)
  for band = 0, BANDS - 1 do call('ZREM', ready(band), host) end
end

local function dead(host, entry, reason)
  call('RPUSH', P .. ':dead', cmsgpack.pack({host, reason, now, entry}))
  count('dead', 1)
end

-- What an attempt counts: a page that failed is to blame for it. Of all pages that were under way when a worker died
-- one may be, the others were there by chance: so a death counts a third.
local FAILURE, DEATH = 3, 1

-- An entry that has been blamed once more, or nil after it became a dead letter.
local function blame(host, entry, cap, weight)
  local attempts = parse(entry) + weight
  if attempts >= cap * FAILURE then return dead(host, entry, 'attempts') end
  return string.char(math.min(attempts, 200) + 48) .. entry:sub(2)
end

-- Give entries that were leased back to the front of their queues, in their old order.
-- The first `suspects` of them may have ended their worker.
local function give_back(host, entries, suspects, cap)
  for i = #entries, 1, -1 do
    local entry = entries[i]
    local _, band = parse(entry)
    count('leased', -1)
    if i <= suspects then entry = blame(host, entry, cap, DEATH) end
    if entry then
      call('LPUSH', queue(host, band), entry)
      count('queued', 1)
    end
  end
end

-- All entries in flight at a host, oldest lease first.
local function in_flight(host)
  local flat, fields, values = call('HGETALL', flying(host)), {}, {}
  for i = 1, #flat, 2 do
    fields[#fields + 1] = tonumber(flat[i])
    values[tonumber(flat[i])] = flat[i + 1]
  end
  table.sort(fields)
  local entries = {}
  for i, field in ipairs(fields) do entries[i] = values[field] end
  return entries, fields
end

-- End a host's lease: what is still in flight goes back, the host may be asked again at `at`.
local function release(host, worker, at, suspects, cap, ...)
  if call('EXISTS', flying(host)) == 1 then
    give_back(host, in_flight(host), suspects, cap)
    call('DEL', flying(host))
  end
  call('ZREM', TAG .. ':h:' .. worker, host)
  call('HSET', clock(host), 'w', '', 'n', at, ...)
  call('PEXPIRE', clock(host), CLOCK_IDLE + math.max(0, at - now))
  line_up(host, at)
end

-- Whether a live worker other than `me` holds a host.
local function held_by_other(holder, me)
  return holder and holder ~= '' and holder ~= me and tonumber(call('ZSCORE', TAG .. ':W', holder) or 0) > now
end

-- Forget everything that waits at a host (budget spent, host blocked, do-not-crawl list).
local function drop_queues(host, why)
  for band = 0, BANDS - 1 do
    local n = length(host, band)
    if n > 0 then
      call('UNLINK', queue(host, band))
      count('queued', -n)
      count(why, n)
    end
    call('ZREM', ready(band), host)
  end
end

-- Whether the do-not-crawl list names the host or a domain above it.
local list_exists
local function forbidden(host)
  if list_exists == nil then list_exists = call('EXISTS', TAG .. ':dnc') == 1 end
  if not list_exists then return false end
  local name = host:gsub(':%d+$', '')
  while name do
    if call('SISMEMBER', TAG .. ':dnc', name) == 1 then return true end
    name = name:match('^[^.]+%.(.+)$')
  end
  return false
end
