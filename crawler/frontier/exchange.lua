-- One worker's whole exchange with a shard: reclaim, push, settle, lease, in that order and as one step.
-- A call is numbered; a repeated number changes nothing and gives the same leases again (lost reply).
local a = cmsgpack.unpack(ARGV[3])
local me = a.w
local mine = TAG .. ':h:' .. me
local record = TAG .. ':w:' .. me

-- 1. Who am I: a worker whose lease ran out and was reclaimed has lost it for good (fencing). ------------------
local known = call('ZSCORE', TAG .. ':W', me)
if not known and a.n > 1 then return cmsgpack.pack({status = 'lost', now = now}) end
-- DEL is allowed when memory is full, and a script that has written may go on: settling is never refused.
call('DEL', TAG .. ':none')
call('ZADD', TAG .. ':W', now + a.lease, me)

-- 2. A server that started again from its log may have forgotten its last second: every clock starts anew. -----
local epoch = call('HMGET', TAG .. ':run', 'id', 'at')
if epoch[1] ~= a.run then
  if epoch[1] then call('HSET', TAG .. ':run', 'at', now) epoch[2] = now end
  call('HSET', TAG .. ':run', 'id', a.run)
end
local restarted = tonumber(epoch[2] or 0)

local function lease_reply(host)
  local entries, fields = in_flight(host)
  local c = call('HMGET', clock(host), 'n', 'd', 'f')
  return {host, tonumber(c[2] or a.delay), math.max(0, tonumber(c[1] or 0) - now), tonumber(c[3] or 0), fields, entries}
end

local function summary(status)
  write_counts()
  local n = call('HMGET', P .. ':n', 'queued', 'leased', 'pushed')
  local reply = {
    status = status, now = now, queued = tonumber(n[1] or 0), leased = tonumber(n[2] or 0),
    pushed = tonumber(n[3] or 0), control = tonumber(call('GET', TAG .. ':control') or 0), leases = {}, taken = {}, lost = {}
  }
  local soonest = math.huge
  for band = 0, BANDS - 1 do
    local first = call('ZRANGE', ready(band), 0, 0, 'WITHSCORES')
    if first[2] then soonest = math.min(soonest, tonumber(first[2])) end
  end
  reply.soonest = soonest == math.huge and -1 or math.max(0, soonest - now)
  return reply
end

local last = call('HMGET', record, 'n', 'h')
if tonumber(last[1] or 0) >= a.n then
  local reply = summary('again')
  for i, host in ipairs(cmsgpack.unpack(last[2])) do reply.leases[i] = lease_reply(host) end
  for i, host in ipairs(a.take) do
    reply.taken[i] = call('HGET', clock(host), 'w') == me and 0 or 100
  end
  return cmsgpack.pack(reply)
end

-- After such a restart a worker names what it believes to hold: it learns what is no longer its own,
-- and what it gave up in the forgotten second is given up again.
local lost = {}
if a.verify then
  local believed = {}
  for _, host in ipairs(a.verify) do
    believed[host] = true
    if call('HGET', clock(host), 'w') ~= me then lost[#lost + 1] = host end
  end
  for _, host in ipairs(call('SMEMBERS', mine)) do
    if not believed[host] then release(host, me, now + a.delay, 0, a.cap) end
  end
end

-- 3. Take back what a dead worker held, a bounded part of it in each call. --------------------------------------
local function reclaim(worker)
  local frontier = call('HGET', TAG .. ':w:' .. worker, 'f') or ARGV[1]
  local outer, outer_counts = P, counts
  P, counts = TAG .. ':' .. frontier, {}
  for _, host in ipairs(call('SPOP', TAG .. ':h:' .. worker, a.batch)) do
    local c = call('HMGET', clock(host), 'n', 'd', 'w')
    if c[3] == worker then
      count('reclaimed', call('HLEN', flying(host)))
      release(host, worker, math.max(tonumber(c[1] or 0), now + tonumber(c[2] or a.delay)), a.suspects, a.cap)
    end
  end
  write_counts()
  P, counts = outer, outer_counts
  if call('EXISTS', TAG .. ':h:' .. worker) == 0 then
    call('ZREM', TAG .. ':W', worker)
    call('DEL', TAG .. ':w:' .. worker)
  end
end
for _, worker in ipairs(call('ZRANGEBYSCORE', TAG .. ':W', '-inf', now, 'LIMIT', 0, 1)) do reclaim(worker) end

-- 4. Push. Seen addresses: buckets of 32-bit remainders in generations, each twice the one before. --------------
local SEEN_BUCKETS, SEEN_FILL = 2048, 300 -- 300: an intset of 300 fills its 1,280-byte block; 512 would end the intset
local seen_state
local function is_new(high, low)
  if not seen_state then
    local s = call('HMGET', P .. ':n', 'seen_generation', 'seen_in_generation', 'epoch')
    seen_state = {tonumber(s[1] or 0), tonumber(s[2] or 0), s[3] or '0'}
  end
  local g, prefix = seen_state[1], P .. ':s' .. seen_state[3] .. ':'
  for older = 0, g - 1 do
    if call('SISMEMBER', prefix .. older .. ':' .. high % (SEEN_BUCKETS * 2 ^ older), low) == 1 then return false end
  end
  if call('SADD', prefix .. g .. ':' .. high % (SEEN_BUCKETS * 2 ^ g), low) == 0 then return false end
  seen_state[2] = seen_state[2] + 1
  if seen_state[2] >= SEEN_FILL * SEEN_BUCKETS * 2 ^ g then seen_state[1], seen_state[2] = g + 1, 0 end
  return true
end

-- One host's new entries: {host, {band, where, high, low, entry, …}}; where 0 back, 1 front, 2 back though seen.
local function push(host, items)
  local refused = call('HEXISTS', P .. ':blocked', host) == 1 and 'blocked' or forbidden(host) and 'do_not_crawl'
  local top
  for i = 1, #items, 5 do
    local band, where = items[i], items[i + 1]
    if where == 0 and not is_new(items[i + 2], items[i + 3]) then
      count('duplicate', 1)
    elseif refused then
      count('pushed', 1)
      count(refused, 1)
    else
      if where == 2 then is_new(items[i + 2], items[i + 3]) end
      call(where == 1 and 'LPUSH' or 'RPUSH', queue(host, band), items[i + 4])
      count('pushed', 1)
      count('queued', 1)
      top = math.min(top or band, band)
    end
  end
  if not top or call('ZSCORE', P .. ':l', host) then return end
  for band = 0, top do
    if call('ZSCORE', ready(band), host) then return end
  end
  local at = tonumber(call('HGET', clock(host), 'n') or 0)
  line_up(host, math.max(now, at))
end
if #a.push > 0 then
  for i = 1, #a.push, 2 do push(a.push[i], a.push[i + 1]) end
  if seen_state then
    call('HSET', P .. ':n', 'seen_generation', seen_state[1], 'seen_in_generation', seen_state[2])
  end
end

-- 5. Settle: {host, acked fields, failed fields, {dead field, reason}…, release, ready in ms, delay, failures,
-- blocked because}. Release: 0 keep, 1 give up, 2 give up unless it has more. ----------------------------------
local function settle(s)
  local host = s[1]
  if call('HGET', clock(host), 'w') ~= me then
    count('stale', #s[2] + #s[3] + #s[4] / 2)
    return
  end
  if #s[2] > 0 then
    local n = call('HDEL', flying(host), unpack(s[2]))
    count('acked', n)
    count('leased', -n)
  end
  for i = 1, #s[4], 2 do
    local entry = call('HGET', flying(host), s[4][i])
    if entry then
      call('HDEL', flying(host), s[4][i])
      count('leased', -1)
      dead(host, entry, s[4][i + 1])
    end
  end
  for i = #s[3], 1, -1 do
    local entry = call('HGET', flying(host), s[3][i])
    if entry then
      call('HDEL', flying(host), s[3][i])
      give_back(host, {entry}, 1, a.cap)
    end
  end
  call('HSET', clock(host), 'n', now + s[6], 'd', s[7], 'f', s[8])
  if s[9] then
    call('HSET', P .. ':blocked', host, s[9])
    release(host, me, now + s[6], 0, a.cap)
    drop_queues(host, 'blocked')
  elseif s[5] == 1 then
    release(host, me, now + s[6], 0, a.cap)
  end
end
for _, s in ipairs(a.settle) do settle(s) end

-- 6. Lease. ------------------------------------------------------------------------------------------------------
local STATED = {[0] = 0, 1, 0, 2, 0, 1, 0, 0} -- of every 8 turns band 0 has 5, band 1 two, band 2 one: nobody starves
local function by_share(lengths, k, turn)
  local take = {[0] = 0, 0, 0}
  for j = 1, k do
    local band = STATED[(turn + j) % 8]
    if take[band] >= lengths[band] then
      band = nil
      for other = BANDS - 1, 0, -1 do
        if take[other] < lengths[other] then band = other end
      end
    end
    if not band then break end
    take[band] = take[band] + 1
  end
  return take
end

local stopped = call('EXISTS', TAG .. ':stopped') == 1
local started = {}
local function over_budget(host, attempts, site)
  local b = a.budget
  if attempts > 0 then return nil end
  if site == '' then site = host end
  if b[1] > 0 and call('HINCRBY', P .. ':b', site, 1) > b[1] then return 'budget_pages' end
  if b[2] > 0 then
    started[site] = started[site] or tonumber(call('HGET', P .. ':bt', site) or 0)
    if started[site] == 0 then
      started[site] = now
      call('HSET', P .. ':bt', site, now)
    end
    if now - started[site] > b[2] then return 'budget_seconds' end
  end
  if b[3] > 0 and call('HINCRBY', P .. ':b', '', 1) > b[3] then return 'budget_run_pages' end
  if b[4] > 0 then
    call('HSETNX', P .. ':bt', '', now)
    if now - tonumber(call('HGET', P .. ':bt', '')) > b[4] then return 'budget_run_seconds' end
  end
end

local budgets = a.budget[1] + a.budget[2] + a.budget[3] + a.budget[4] > 0
local function why_not(host, entry)
  local attempts, _, site, case = parse(entry)
  if not attempts then return 'poisoned' end
  if stopped and case ~= '' and call('HEXISTS', TAG .. ':stopped', case) == 1 then return 'parked' end
  return budgets and over_budget(host, attempts, site)
end

-- Take up to k entries of a host into flight; returns how many.
local function fly(host, k, turn)
  local lengths = {[0] = length(host, 0), length(host, 1), length(host, 2)}
  local take, field, flat = by_share(lengths, k, turn), turn, {}
  for band = 0, BANDS - 1 do
    if take[band] > 0 then
      for _, entry in ipairs(call('LPOP', queue(host, band), take[band])) do
        count('queued', -1)
        local reason = why_not(host, entry)
        if not reason then
          field = field + 1
          flat[#flat + 1] = field
          flat[#flat + 1] = entry
        else
          count(reason, 1)
          if reason == 'poisoned' then call('LPUSH', P .. ':poison', entry) call('LTRIM', P .. ':poison', 0, 999) end
          if reason == 'parked' then call('RPUSH', P .. ':parked', cmsgpack.pack({host, entry})) end
        end
      end
    end
  end
  if #flat > 0 then
    call('HSET', flying(host), unpack(flat))
    call('HSET', clock(host), 's', field, 'w', me)
    count('leased', #flat / 2)
  end
  return #flat / 2
end

local function try_lease(host, band)
  if forbidden(host) then return drop_queues(host, 'do_not_crawl') end
  local c = call('HMGET', clock(host), 'w', 'n', 's', 'd')
  local holder, at = c[1], tonumber(c[2] or 0)
  if restarted > 0 then at = math.max(at, restarted + math.max(a.grace, tonumber(c[4] or a.delay))) end
  if holder and holder ~= me and tonumber(call('ZSCORE', TAG .. ':W', holder) or 0) > now then
    call('HSET', clock(host), 'x', now)
    call('ZADD', ready(band), now + 200, host) -- held for another spider: ask again soon; 'x' ends its lease early
    return
  end
  if at > now and holder ~= me then
    call('ZADD', ready(band), at, host)
    return
  end
  call('ZREM', ready(band), host)
  if fly(host, a.per, tonumber(c[3] or 0)) == 0 then return line_up(host, now) end
  call('PERSIST', clock(host))
  call('ZADD', P .. ':l', now, host)
  call('SADD', mine, host)
  return true
end

local leased = {}
local function lease(want)
  local turn, lines, at = tonumber(call('HGET', P .. ':n', 'turn') or 0), {}, {[0] = 1, 1, 1}
  local lengths = {}
  for band = 0, BANDS - 1 do
    lines[band] = call('ZRANGEBYSCORE', ready(band), '-inf', now, 'LIMIT', 0, want)
    lengths[band] = #lines[band]
  end
  local take = by_share(lengths, want, turn)
  for band = 0, BANDS - 1 do
    for i = 1, take[band] do
      if try_lease(lines[band][i], band) then leased[#leased + 1] = lines[band][i] end
    end
  end
  if #leased > 0 then call('HINCRBY', P .. ':n', 'turn', #leased) end
end

-- A host that I hold may take more only while nobody waits for it, and no other host is kept waiting.
local more = {}
local waiting = 0
if #a.more > 0 then
  for band = 0, BANDS - 1 do waiting = waiting + call('ZCOUNT', ready(band), '-inf', now - 1) end
end
local taken = {}
for i, host in ipairs(a.take) do
  local c = call('HMGET', clock(host), 'w', 'n', 'd')
  local at = tonumber(c[2] or 0)
  if restarted > 0 then at = math.max(at, restarted + math.max(a.grace, tonumber(c[3] or a.delay))) end
  if c[1] and c[1] ~= me and tonumber(call('ZSCORE', TAG .. ':W', c[1]) or 0) > now then
    call('HSET', clock(host), 'x', now)
    taken[i] = 200
  elseif at > now and c[1] ~= me then
    taken[i] = at - now
  else
    call('HSET', clock(host), 'w', me)
    call('PERSIST', clock(host))
    call('SADD', mine, host)
    taken[i] = 0
  end
end
if a.want > 0 then lease(a.want) end
if #a.more > 0 and waiting <= a.want then
  for i = 1, #a.more, 2 do
    local c = call('HMGET', clock(a.more[i]), 'w', 's', 'x')
    if c[1] == me and (not c[3] or tonumber(c[3]) < now - 1000) and not forbidden(a.more[i])
      and call('ZSCORE', P .. ':l', a.more[i]) then
      if fly(a.more[i], a.more[i + 1], tonumber(c[2] or 0)) > 0 then leased[#leased + 1] = a.more[i] end
    end
  end
end

for _, s in ipairs(a.settle) do
  if s[5] == 2 and call('HGET', clock(s[1]), 'w') == me and call('EXISTS', flying(s[1])) == 0 then
    release(s[1], me, now + s[6], 0, a.cap)
  end
end

local reply = summary('ok')
for i, host in ipairs(leased) do reply.leases[i] = lease_reply(host) end
reply.taken, reply.lost = taken, lost
call('HSET', record, 'n', a.n, 'f', ARGV[1], 'h', cmsgpack.pack(leased))
call('PEXPIRE', record, 86400000)
return cmsgpack.pack(reply)
