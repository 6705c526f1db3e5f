-- Who is in a channel.
-- KEYS: the channel's members, due, state
-- ARGV: channel, generation
-- Answer: the bytes of each member that has not expired
local members, due, state = KEYS[1], KEYS[2], KEYS[3]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local pardoned = now < (tonumber(redis.call('HGET', state, 'until')) or 0)
local overdue = pardoned and {} or redis.call('ZRANGEBYSCORE', due, '-inf', now)
if #overdue == 0 then
  return redis.call('HVALS', members)
end
local expired = {}
for _, entry in ipairs(overdue) do
  expired[entry] = true
end
local all = redis.call('HGETALL', members)
local answer = {}
for at = 1, #all, 2 do
  if not expired[ARGV[1] .. '\0' .. all[at]] then
    answer[#answer + 1] = all[at + 1]
  end
end
return answer
