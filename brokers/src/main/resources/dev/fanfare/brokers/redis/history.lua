-- Reads a part of a channel's log, and where the channel is. publish.lua says what there is.
--
-- KEYS: meta, log
-- ARGV: offset after which (before which) or '', limit, '+' or '-': the direction, size, age,
--       life of the meta, epoch if a new one begins; generation
-- Answers "epoch offset", and the notes.
local call = redis.call
local since, limit, size, age = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[4], tonumber(ARGV[5])
local generation = ARGV[#ARGV]
local meta = call('HMGET', KEYS[1], 'g', 'e', 'o')
if meta[1] ~= generation then
  meta = { generation, ARGV[7], 0 }
  call('DEL', KEYS[1], KEYS[2])
  call('HSET', KEYS[1], 'g', generation, 'e', ARGV[7], 'o', 0, 'r', 0)
end
call('PEXPIRE', KEYS[1], ARGV[6])
local answer, top = { meta[2] .. ' ' .. meta[3] }, tonumber(meta[3])

-- The first offset that is not too old. In a log there are no gaps, and times ascend; mostly
-- nothing is too old.
local function young(low, high, oldest)
  local middle = low
  while low < high do
    local entry = call('XRANGE', KEYS[2], middle, '+', 'COUNT', 1)[1]
    local seconds, micros = string.match(entry and entry[2][2] or '', '^P%d+ (%d+) (%d+)')
    if seconds and seconds * 1000 + micros / 1000 < oldest then
      low = tonumber(string.match(entry[1], '^%d+')) + 1
    else
      high = middle
    end
    middle = math.floor((low + high) / 2)
  end
  return low
end

if limit > 0 and top > 0 then
  local time = call('TIME')
  local oldest = time[1] * 1000 + math.floor(time[2] / 1000) - age
  local first, last = math.max(1, top - size + 1), top
  local isForward = ARGV[3] == '+'
  if since and isForward then
    first = math.max(first, since + 1)
  elseif since then
    last = math.min(last, since - 1)
  end
  first = young(first, last + 1, oldest)
  local entries = {}
  if first <= last and isForward then
    entries = call('XRANGE', KEYS[2], first, last, 'COUNT', limit)
  elseif first <= last then
    entries = call('XREVRANGE', KEYS[2], last, first, 'COUNT', limit)
  end
  for _, entry in ipairs(entries) do
    answer[#answer + 1] = entry[2][2]
  end
end
return answer
