-- Gives a message its position, keeps it, and passes it on, in one step.
--
-- KEYS: meta, log, and the idempotency key, if there is one
-- ARGV: command to send with, message, size, "age, life of the log, life of the meta" as one text,
--       epoch if a new one begins; if there is a version or a key: version and its epoch, or two
--       times ''; window of the key; and always last: generation
-- Answers "epoch offset", and " 1" after them if nothing was published. One text: an array costs
-- Redis as much as two commands do, and the fewer arguments there are, the better.
--
-- meta has g(eneration), e(poch), o(ffset), v(ersion) and its epoch ve, r: when lives are to be
-- renewed, m and t: what the log's end was (m) at a moment (t). Times are in milliseconds.
local call = redis.call
local generation, version, versions = ARGV[#ARGV], '', ''
if #ARGV > 6 then
  version, versions = ARGV[6], ARGV[7]
end
local meta = call('HMGET', KEYS[1], 'g', 'e', 'o', 'r')
local epoch, offset, renewal = meta[2], meta[3], meta[4]
local fresh = meta[1] ~= generation
if fresh then
  epoch, offset, renewal = ARGV[5], 0, 0
end

local function lives()
  local age, log, meta = string.match(ARGV[4], '^(%d+) (%d+) (%d+)$')
  return tonumber(age), log, meta
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
offset = isOld and offset or string.format('%.0f', offset + 1)
local answer = epoch .. ' ' .. offset

if KEYS[3] and not call('SET', KEYS[3], answer, 'NX', 'PX', ARGV[8]) then
  return call('GET', KEYS[3]) .. ' 1'
end
if isOld then
  local _, _, life = lives()
  call('PEXPIRE', KEYS[1], life)
  return answer .. ' 1'
end

if fresh then
  call('DEL', KEYS[1], KEYS[2])
  call('HSET', KEYS[1], 'g', generation, 'e', epoch)
end
local time = call('TIME')
local note = 'P' .. offset .. ' ' .. time[1] .. ' ' .. time[2] .. ' ' .. epoch .. ' ' .. ARGV[2]
call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[3], offset, 'n', note)
if version == '' then
  call('HSET', KEYS[1], 'o', offset)
else
  call('HSET', KEYS[1], 'o', offset, 'v', version, 've', versions)
end

-- Both live somewhat longer than they must, so that this is not needed each time.
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if now >= tonumber(renewal) then
  local age, log, life = lives()
  call('PEXPIRE', KEYS[2], log)
  call('PEXPIRE', KEYS[1], life)
  call('HSET', KEYS[1], 'r', now + log - age)
  local mark = call('HMGET', KEYS[1], 'm', 't')
  if not mark[1] or mark[2] + age < now then
    if mark[1] then
      call('XTRIM', KEYS[2], 'MINID', '~', mark[1] + 1)
    end
    call('HSET', KEYS[1], 'm', offset, 't', now)
  end
end

-- The topic is called as the meta is, without ":meta".
call(ARGV[1], string.sub(KEYS[1], 1, -6), note)
return answer
