-- Who is in a channel.
-- KEYS: the channel's members, due, state
-- ARGV: channel, generation
-- Answer: the bytes of each member that has not expired
local members, due, state = KEYS[1], KEYS[2], KEYS[3]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local pardoned = now < (tonumber(redis.call('HGET', state, 'until')) or 0)
local all = redis.call('HGETALL', members)
local answer = {}
for at = 1, #all, 2 do
  local expires = redis.call('ZSCORE', due, ARGV[1] .. '\0' .. all[at])
  if expires and (pardoned or tonumber(expires) > now) then
    answer[#answer + 1] = all[at + 1]
  end
end
return answer
