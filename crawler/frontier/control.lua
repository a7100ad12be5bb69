-- An operator's bounded steps on queues: {do, host?, case?, most?}. Returns {looked at, moved}.
local a = cmsgpack.unpack(ARGV[3])
local lists = {retry = ':dead', unpark = ':parked'}

local function line_up_unless_held(host)
  local c = call('HMGET', clock(host), 'w', 'n')
  if c[1] and c[1] ~= '' then return end
  leave_lines(host)
  line_up(host, math.max(now, tonumber(c[2] or 0)))
end

local function push_again(host, entry)
  local _, band = parse(entry)
  if not band then
    call('LPUSH', P .. ':poison', entry)
    count('poisoned', 1)
    return
  end
  call('RPUSH', queue(host, band), '0' .. entry:sub(2))
  count('queued', 1)
  line_up_unless_held(host)
end

-- Take letters from the front of a list; those that are not meant go to its end, in their order.
local function walk(list, meant, undo)
  local looked, moved = 0, 0
  for _, raw in ipairs(call('LPOP', list, a.most)) do
    looked = looked + 1
    local ok, letter = pcall(cmsgpack.unpack, raw)
    if ok and type(letter) == 'table' and meant(letter) then
      undo(letter)
      moved = moved + 1
    else
      call('RPUSH', list, raw)
    end
  end
  write_counts()
  return {looked, moved}
end

if a['do'] == 'length' then return {call('LLEN', P .. lists[a.of]), 0} end

if a['do'] == 'retry' then
  return walk(P .. ':dead', function(letter) return a.host == '' or letter[1] == a.host end, function(letter)
    push_again(letter[1], letter[4])
    count('dead', -1)
  end)
end

if a['do'] == 'unpark' then
  return walk(P .. ':parked', function(letter)
    local _, _, _, case = parse(letter[2])
    return case == a.case
  end, function(letter)
    push_again(letter[1], letter[2])
    count('parked', -1)
  end)
end

-- pause, unpause: the ready time of a host that waits; a leased one is lined up when its worker gives it up.
line_up_unless_held(a.host)
return {1, 1}
