-- One worker's whole exchange with a shard: reclaim, push, settle, lease, in that order and as one step.
-- A call is numbered; a repeated number changes nothing and gives the same leases again (lost reply).
local a = cmsgpack.unpack(ARGV[3])
local me = a.w
local mine = TAG .. ':h:' .. me
local record = TAG .. ':w:' .. me

-- 1. Who am I: a worker whose lease ran out and was reclaimed has lost it for good (fencing). ------------------
local known = call('ZSCORE', TAG .. ':W', me) and call('HEXISTS', record, 'gone') == 0
local run_epoch = tonumber(call('HGET', P .. ':n', 'epoch') or 0)
if not known and a.n > 1 then return cmsgpack.pack({status = 'lost', now = now, epoch = run_epoch}) end
-- A worker that knows a run which others have ended since (its lease had run out, or it held nothing) adds nothing to
-- the next: what that run had seen is forgotten, and each of its links would be new.
if (a.epoch or -1) >= 0 and a.epoch ~= run_epoch then
  return cmsgpack.pack({status = 'over', now = now, epoch = run_epoch})
end
-- When memory is full, SET is refused and DEL is not, and after a DEL a script may go on: so a worker that has links to
-- push is told to wait, with its lease renewed, and one that only settles is served.
local full = #a.push > 0 and pcall_('SET', TAG .. ':none', '').err ~= nil
call('DEL', TAG .. ':none')
call('ZADD', TAG .. ':W', now + a.lease, me)
if full then return cmsgpack.pack({status = 'full', now = now}) end

-- 2. A server that started again from its log may have forgotten its last second: every clock starts anew. -----
local epoch = call('HMGET', TAG .. ':run', 'id', 'at')
if epoch[1] ~= a.run then
  if epoch[1] then call('HSET', TAG .. ':run', 'at', now) epoch[2] = now end
  call('HSET', TAG .. ':run', 'id', a.run)
end
local restarted = tonumber(epoch[2] or 0)

-- A clock's 'd' is what the host itself asks for (Crawl-delay): a run's own HOST_DELAY must not outlive the run.
local function pace(delay) return math.max(tonumber(delay or 0), a.delay) end
local function lease_reply(host, fields, entries, at, delay, failures)
  return {host, tonumber(delay or 0), math.max(0, tonumber(at or 0) - now), tonumber(failures or 0), fields, entries}
end
local function same_reply(host)
  local c = call('HMGET', clock(host), 'n', 'd', 'f')
  local entries, fields = in_flight(host)
  return lease_reply(host, fields, entries, c[1], c[2], c[3])
end

local function summary(status)
  write_counts()
  local n = call('HMGET', P .. ':n', 'queued', 'leased', 'pushed', 'share', 'share_until')
  local reply = {
    status = status, now = now, epoch = run_epoch, queued = tonumber(n[1] or 0), leased = tonumber(n[2] or 0),
    pushed = tonumber(n[3] or 0), control = tonumber(call('GET', TAG .. ':control') or 0), leases = {}, taken = {}, lost = {},
    share = tonumber(n[5] or 0) > now and tonumber(n[4]) or -1
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
  for i, host in ipairs(cmsgpack.unpack(last[2])) do reply.leases[i] = same_reply(host) end
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
  for _, host in ipairs(call('ZRANGE', mine, 0, -1)) do
    if not believed[host] then release(host, me, now + a.delay, 0, a.cap) end
  end
end

-- 3. Take back what a dead worker held, a bounded part of it in each call. From the first part on it has lost all:
-- if it came back between two parts it would go on at hosts that others have by now. ----------------------------
local function reclaim(worker)
  call('HSET', TAG .. ':w:' .. worker, 'gone', 1)
  local frontier = call('HGET', TAG .. ':w:' .. worker, 'f') or ARGV[1]
  local outer, outer_counts = P, counts
  P, counts = TAG .. ':' .. frontier, {}
  for _, host in ipairs(call('ZRANGE', TAG .. ':h:' .. worker, 0, a.batch - 1)) do
    local c = call('HMGET', clock(host), 'n', 'd', 'w')
    if c[3] == worker then
      count('reclaimed', call('HLEN', flying(host)))
      release(host, worker, math.max(tonumber(c[1] or 0), now + pace(c[2])), a.suspects, a.cap)
    else
      call('ZREM', TAG .. ':h:' .. worker, host)
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
local seen, names, size
local function read_seen()
  local s = call('HMGET', P .. ':n', 'seen_generation', 'seen_in_generation', 'epoch')
  seen, names = {g = tonumber(s[1] or 0), n = tonumber(s[2] or 0)}, {}
  for g = 0, seen.g + 1 do names[g] = P .. ':s' .. (s[3] or '0') .. ':' .. g .. ':' end
  size = SEEN_BUCKETS * 2 ^ seen.g
end
local function is_new(high, low)
  for older = 0, seen.g - 1 do
    if call('SISMEMBER', names[older] .. high % (SEEN_BUCKETS * 2 ^ older), low) == 1 then return false end
  end
  if call('SADD', names[seen.g] .. high % size, low) == 0 then return false end
  seen.n = seen.n + 1
  if seen.n >= SEEN_FILL * size then
    seen.g, seen.n, size = seen.g + 1, 0, size * 2
  end
  return true
end

-- One host's new entries: {host, {band, where, high, low, entry, …}}; where 0 back, 1 front, 2 back though seen.
local any_blocked = #a.push > 0 and call('EXISTS', P .. ':blocked') == 1
local function push(host, items)
  local refused = any_blocked and call('HEXISTS', P .. ':blocked', host) == 1 and 'blocked'
    or forbidden(host) and 'do_not_crawl'
  local top, new, backs = nil, 0, {}
  for i = 1, #items, 5 do
    local band, where = items[i], items[i + 1]
    local fresh = where == 1 or is_new(items[i + 2], items[i + 3])
    if where == 0 and not fresh then
      count('duplicate', 1)
    else
      new = new + 1
      if not refused then
        top = math.min(top or band, band)
        if where == 1 then
          call('LPUSH', queue(host, band), items[i + 4])
        else
          local back = backs[band] or {}
          back[#back + 1], backs[band] = items[i + 4], back
        end
      end
    end
  end
  count('pushed', new)
  if refused then return count(refused, new) end
  for band, back in pairs(backs) do call('RPUSH', queue(host, band), unpack(back)) end
  count('queued', new)
  if not top then return end
  local c = call('HMGET', clock(host), 'w', 'n')
  if c[1] and c[1] ~= '' then return end -- lined up when it is released
  for band = 0, top do
    if line_used(band) and call('ZSCORE', ready(band), host) then return end
  end
  for band = top + 1, BANDS - 1 do
    if line_used(band) then call('ZREM', ready(band), host) end
  end
  line_up(host, math.max(now, tonumber(c[2] or 0)), top)
end
if #a.push > 0 then
  read_seen()
  for i = 1, #a.push, 2 do push(a.push[i], a.push[i + 1]) end
  call('HSET', P .. ':n', 'seen_generation', seen.g, 'seen_in_generation', seen.n)
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
  local failed = {}
  for i = #s[3], 1, -1 do
    local entry = call('HGET', flying(host), s[3][i])
    if entry then
      call('HDEL', flying(host), s[3][i])
      table.insert(failed, 1, {s[3][i], entry})
    end
  end
  if s[5] == 1 then -- back with all the rest, in one order
    for _, pair in ipairs(failed) do
      local entry = blame(host, pair[2], a.cap, FAILURE)
      if entry then call('HSET', flying(host), pair[1], entry) else count('leased', -1) end
    end
  else
    for i = #failed, 1, -1 do
      local entry = blame(host, failed[i][2], a.cap, FAILURE)
      if entry then give_back(host, {entry}, 0, a.cap) else count('leased', -1) end
    end
  end
  if s[9] then
    call('HSET', P .. ':blocked', host, s[9])
    release(host, me, now + s[6], 0, a.cap, 'd', s[7], 'f', s[8])
    drop_queues(host, 'blocked')
  elseif s[5] == 1 then
    release(host, me, now + s[6], 0, a.cap, 'd', s[7], 'f', s[8])
  else
    call('HSET', clock(host), 'n', now + s[6], 'd', s[7], 'f', s[8])
    call('PEXPIRE', clock(host), CLOCK_IDLE + s[6])
  end
end
for _, s in ipairs(a.settle) do settle(s) end

-- 6. Lease. ------------------------------------------------------------------------------------------------------
local STATED = {[0] = 0, 1, 0, 2, 0, 1, 0, 0} -- of every 8 turns band 0 has 5, band 1 two, band 2 one: nobody starves
local function by_share(lengths, k, turn)
  local take = {[0] = 0, 0, 0}
  for band = 0, BANDS - 1 do -- what one band alone has needs no shares
    if lengths[band] == lengths[0] + lengths[1] + lengths[2] then
      take[band] = math.min(k, lengths[band])
      return take
    end
  end
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

-- Budgets, spent when a page is leased for the first time: {pages and ms of a storefront, pages and ms of the run}.
local b = a.budget
local budgets = b[1] + b[2] + b[3] + b[4] > 0
local spent, begun = {}, {}
local function over(site, pages, milliseconds, name)
  if pages > 0 then
    spent[site] = (spent[site] or tonumber(call('HGET', P .. ':b', site) or 0)) + 1
    if spent[site] > pages then return 'budget_' .. name .. 'pages' end
  end
  if milliseconds > 0 then
    if not begun[site] then
      call('HSETNX', P .. ':bt', site, now)
      begun[site] = tonumber(call('HGET', P .. ':bt', site))
    end
    if now - begun[site] > milliseconds then return 'budget_' .. name .. 'seconds' end
  end
end
local function write_budgets()
  for site, pages in pairs(spent) do call('HSET', P .. ':b', site, pages) end
end

local stopped = call('EXISTS', TAG .. ':stopped') == 1
local function why_not(host, entry)
  local attempts, _, site, case = parse(entry)
  if not attempts then return 'poisoned' end
  if stopped and case ~= '' and call('HEXISTS', TAG .. ':stopped', case) == 1 then return 'parked' end
  if not budgets or attempts > 0 then return nil end
  return over(site == '' and host or site, b[1], b[2], '') or over('', b[3], b[4], 'run_')
end

-- How many entries of each band a host gives now: if only the band whose line it waited in holds any, it needs no shares.
local function take_of(host, k, turn, line)
  if line and filled(host) == 1 then
    local n = length(host, line)
    if n > 0 then
      local take = {[0] = 0, 0, 0}
      take[line] = math.min(k, n)
      return take
    end
  end
  return by_share({[0] = length(host, 0), length(host, 1), length(host, 2)}, k, turn)
end

-- Take up to k entries of a host into flight; returns their fields and the entries.
local function fly(host, k, turn, line)
  local take, field, flat, fields, entries = take_of(host, k, turn, line), turn, {}, {}, {}
  for band = 0, BANDS - 1 do
    if take[band] > 0 then
      for _, entry in ipairs(call('LPOP', queue(host, band), take[band])) do
        local reason = why_not(host, entry)
        if not reason then
          field = field + 1
          flat[#flat + 1], flat[#flat + 2] = field, entry
          fields[#fields + 1], entries[#entries + 1] = field, entry
        else
          count(reason, 1)
          if reason == 'poisoned' then call('LPUSH', P .. ':poison', entry) call('LTRIM', P .. ':poison', 0, 999) end
          if reason == 'parked' then call('RPUSH', P .. ':parked', cmsgpack.pack({host, entry})) end
        end
      end
      count('queued', -take[band])
    end
  end
  if #flat > 0 then
    call('HSET', flying(host), unpack(flat))
    call('HSET', clock(host), 's', field, 'w', me)
    count('leased', #fields)
  end
  return fields, entries
end

local leased, replies = {}, {}
local function took(...)
  leased[#leased + 1] = ...
  replies[#replies + 1] = lease_reply(...)
end

local function try_lease(host, band)
  if forbidden(host) then return drop_queues(host, 'do_not_crawl') end
  local c = call('HMGET', clock(host), 'w', 'n', 's', 'd', 'f')
  local at = tonumber(c[2] or 0)
  if restarted > 0 then at = math.max(at, restarted + math.max(a.grace, pace(c[4]))) end
  if held_by_other(c[1], me) then
    call('HSET', clock(host), 'x', now)
    call('ZADD', ready(band), now + 200, host) -- held for another spider: ask again soon; 'x' ends its lease early
    return
  end
  if at > now and c[1] ~= me then return call('ZADD', ready(band), at, host) end
  call('ZREM', ready(band), host)
  local fields, entries = fly(host, a.per, tonumber(c[3] or 0), band)
  if #fields == 0 then return line_up(host, now) end
  call('ZADD', mine, now, host)
  took(host, fields, entries, c[2], c[4], c[5])
end

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
      try_lease(lines[band][i], band)
    end
  end
  if #leased > 0 then call('HINCRBY', P .. ':n', 'turn', #leased) end
end

-- Hosts are shared: a worker that wants some, finds none and has less than its part of all hosts says how many a part
-- is. For a while nobody leases more than that, and who holds more gives hosts back (Worker does, seeing 'share').
local SHARE_LASTS = 2000 -- ms: four beats, so that every worker meets it
local function my_part()
  local part = call('HMGET', P .. ':n', 'share', 'share_until')
  if tonumber(part[2] or 0) <= now then return math.huge end
  local share, found = tonumber(part[1]), 0
  for band = 0, BANDS - 1 do found = found + call('ZCOUNT', ready(band), '-inf', now) end
  if found > share then -- there is enough for everybody again
    call('HDEL', P .. ':n', 'share', 'share_until')
    return math.huge
  end
  return math.max(0, share - call('ZCARD', mine))
end
local function ask_for_a_part()
  local hosts, workers, held = 0, 1, call('ZCARD', mine)
  for band = 0, BANDS - 1 do hosts = hosts + call('ZCOUNT', ready(band), '-inf', '(' .. FAR) end
  for _, other in ipairs(call('ZRANGEBYSCORE', TAG .. ':W', '(' .. now, '+inf', 'LIMIT', 0, 256)) do
    if other ~= me and call('HGET', TAG .. ':w:' .. other, 'f') == ARGV[1] then
      workers, hosts = workers + 1, hosts + call('ZCARD', TAG .. ':h:' .. other)
    end
  end
  local part = (hosts + held) / workers
  if workers > 1 and held < math.floor(part) then
    call('HSET', P .. ':n', 'share', math.ceil(part), 'share_until', now + SHARE_LASTS)
  end
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
  if restarted > 0 then at = math.max(at, restarted + math.max(a.grace, pace(c[3]))) end
  if held_by_other(c[1], me) then
    call('HSET', clock(host), 'x', now)
    taken[i] = 200
  elseif at > now and c[1] ~= me then
    taken[i] = at - now
  else
    call('HSET', clock(host), 'w', me)
    call('PEXPIRE', clock(host), CLOCK_IDLE)
    call('ZADD', mine, now, host)
    leave_lines(host)
    taken[i] = 0
  end
end
if a.want > 0 then
  local part = my_part()
  if part > 0 then lease(math.min(a.want, part)) end
  if part == math.huge and #leased == 0 then ask_for_a_part() end
end
if #a.more > 0 and waiting <= a.want then
  for i = 1, #a.more, 2 do
    local c = call('HMGET', clock(a.more[i]), 'w', 's', 'x', 'n', 'd', 'f')
    if c[1] == me and (not c[3] or tonumber(c[3]) < now - 1000) and not forbidden(a.more[i]) then
      local fields, entries = fly(a.more[i], a.more[i + 1], tonumber(c[2] or 0))
      if #fields > 0 then took(a.more[i], fields, entries, c[4], c[5], c[6]) end
    end
  end
end

for _, s in ipairs(a.settle) do
  if s[5] == 2 and call('HGET', clock(s[1]), 'w') == me and call('EXISTS', flying(s[1])) == 0 then
    release(s[1], me, now + s[6], 0, a.cap)
  end
end

-- A worker that leaves gives back everything, also what it does not know that it holds (a reply that it never read):
-- a bounded part of it in each call; when nothing is left it is forgotten.
local left = 0
if a.leave then
  for _, host in ipairs(call('ZRANGE', mine, 0, a.batch - 1)) do release(host, me, now + a.delay, 0, a.cap) end
  left = call('ZCARD', mine)
  if left == 0 then call('ZREM', TAG .. ':W', me) end
end

write_budgets()
local reply = summary('ok')
reply.leases = replies
reply.taken, reply.lost, reply.left = taken, lost, left
if a.leave and left == 0 then
  call('DEL', record)
else
  call('HSET', record, 'n', a.n, 'f', ARGV[1], 'h', cmsgpack.pack(leased))
  call('PEXPIRE', record, 86400000)
end
return cmsgpack.pack(reply)
