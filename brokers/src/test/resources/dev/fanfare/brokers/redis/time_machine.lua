-- Makes all keys like ARGV[1] older by ARGV[2] milliseconds, and the times within them.
local call, by = redis.call, tonumber(ARGV[2])

local function shift(note)
  local head, seconds, micros, rest = string.match(note, '^(P%d+) (%d+) (%d+) (.*)$')
  local time = seconds * 1000 - by
  return head .. ' ' .. string.format('%.0f', math.floor(time / 1000)) .. ' '
    .. micros + time % 1000 * 1000 .. ' ' .. rest
end

local function shift_log(key)
  local entries = call('XRANGE', key, '-', '+')
  call('DEL', key)
  for _, entry in ipairs(entries) do
    call('XADD', key, entry[1], 'n', shift(entry[2][2]))
  end
end

local function shift_meta(key)
  for _, field in ipairs({ 'r', 't' }) do
    if call('HEXISTS', key, field) == 1 then
      call('HINCRBY', key, field, -by)
    end
  end
end

for _, key in ipairs(call('KEYS', ARGV[1])) do
  local left, kind = call('PTTL', key), call('TYPE', key).ok
  if left >= 0 and left <= by then
    call('DEL', key)
  else
    if kind == 'stream' then
      shift_log(key)
    elseif kind == 'hash' then
      shift_meta(key)
    end
    if left >= 0 then
      call('PEXPIRE', key, left - by)
    end
  end
end
return 'OK'
