-- Takes out members that nobody speaks for any more, and tells one node alone of each. Where no
-- node has come by for a long time, it is no node that was silent but Redis: all members are
-- pardoned for one time to live.
-- KEYS: due, gone, state
-- ARGV: where members are kept, time to live, after how long it was Redis, 1 if the caller lived
--       all that time, how many at most, how long to remember them, generation
-- Answer: generation, milliseconds until the next may expire (-1: nobody), then the entry and the
--         bytes of each that has expired
local due, gone, state, base, ttl = KEYS[1], KEYS[2], KEYS[3], ARGV[1], tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local seen = tonumber(redis.call('HGET', state, 'seen'))
local pardon = tonumber(redis.call('HGET', state, 'until')) or 0
if ARGV[4] == '1' and seen and now - seen > tonumber(ARGV[3]) then
  pardon = now + ttl
  redis.call('HSET', state, 'until', pardon)
end
redis.call('HSET', state, 'seen', now)
redis.call('PEXPIRE', state, 3 * ttl)
if now < pardon then
  return { ARGV[#ARGV], pardon - now }
end
local answer = { ARGV[#ARGV], -1 }
redis.call('ZREMRANGEBYSCORE', gone, '-inf', now)
for _, entry in ipairs(redis.call('ZRANGEBYSCORE', due, '-inf', now, 'LIMIT', 0, ARGV[5])) do
  local channel, client = string.match(entry, '^(.*)%z([^%z]*)$')
  local bytes = redis.call('HGET', base .. channel, client)
  redis.call('HDEL', base .. channel, client)
  redis.call('ZREM', due, entry)
  if bytes then
    redis.call('ZADD', gone, now + ARGV[6], entry)
    answer[#answer + 1] = entry
    answer[#answer + 1] = bytes
  end
end
redis.call('PEXPIRE', gone, ARGV[6])
local nextDue = redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')[2]
if nextDue then
  answer[2] = math.max(0, nextDue - now)
end
return answer
