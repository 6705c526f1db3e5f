-- Gives a message its position, keeps it, and passes it on, in one step.
--
-- KEYS: meta, log, and the idempotency key, if there is one
-- ARGV: command to send with, topic, message, size, age, life of the log, life of the meta,
--       epoch if a new one begins; if there is one: version and its epoch, or two times '';
--       window of the idempotency key; and always last: generation
-- Answers epoch and offset, and 1 after them if nothing was published.
--
-- meta has g(eneration), e(poch), o(ffset), v(ersion) and its epoch ve, x: when the log expires,
-- m and t: what the log's end was (m) at a moment (t). Times are in milliseconds.
local call = redis.call
local send, topic, message, size, age = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
local generation, version, versions = ARGV[#ARGV], '', ''
if #ARGV > 9 then
  version, versions = ARGV[9], ARGV[10]
end
local meta = call('HMGET', KEYS[1], 'g', 'e', 'o', 'x')
local fresh = meta[1] ~= generation
local epoch, offset, expires = meta[2], meta[3], meta[4]
if fresh then
  epoch, offset, expires = ARGV[8], 0, 0
end

local isOld = false
if version ~= '' and not fresh then
  local reached = call('HMGET', KEYS[1], 'v', 've')
  if reached[1] and reached[2] == versions then
    -- Numbers of Lua are not as long as ours.
    local a, b = version, reached[1]
    isOld = #a < #b or (#a == #b and a <= b)
  end
end
local answer = isOld and offset or string.format('%.0f', offset + 1)

if KEYS[3] then
  if not call('SET', KEYS[3], epoch .. ' ' .. answer, 'NX', 'PX', ARGV[11]) then
    local first = { string.match(call('GET', KEYS[3]), '^(%S*) (%d+)$') }
    return { first[1], tonumber(first[2]), 1 }
  end
end
if isOld then
  call('PEXPIRE', KEYS[1], ARGV[7])
  return { epoch, tonumber(offset), 1 }
end

if fresh then
  call('DEL', KEYS[1], KEYS[2])
  call('HSET', KEYS[1], 'g', generation, 'e', epoch)
end
local time = call('TIME')
local note = 'P' .. answer .. ' ' .. time[1] .. ' ' .. time[2] .. ' ' .. epoch .. ' ' .. message
call('XADD', KEYS[2], 'MAXLEN', '~', size, answer, 'n', note)
if version == '' then
  call('HSET', KEYS[1], 'o', answer)
else
  call('HSET', KEYS[1], 'o', answer, 'v', version, 've', versions)
end

-- Both live somewhat longer than they must, so that this is not needed each time.
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if now + age > tonumber(expires) then
  call('PEXPIRE', KEYS[2], ARGV[6])
  call('PEXPIRE', KEYS[1], ARGV[7])
  call('HSET', KEYS[1], 'x', now + ARGV[6])
  local mark = call('HMGET', KEYS[1], 'm', 't')
  if not mark[1] or mark[2] + age < now then
    if mark[1] then
      call('XTRIM', KEYS[2], 'MINID', '~', mark[1] + 1)
    end
    call('HSET', KEYS[1], 'm', answer, 't', now)
  end
end

call(send, topic, note)
return { epoch, tonumber(answer) }
