-- Makes members, or renews what is known about them.
-- KEYS: due, gone
-- ARGV: where members are kept, time to live; for each member its entry, whether its node has
--       spoken for it before, its bytes; generation
-- Answer: for each member 1 if it had expired and its node has now come back, otherwise 0
local due, gone, base, ttl = KEYS[1], KEYS[2], ARGV[1], tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local answer = {}
for at = 3, #ARGV - 1, 3 do
  local entry = ARGV[at]
  local channel, client = string.match(entry, '^(.*)%z([^%z]*)$')
  redis.call('HSET', base .. channel, client, ARGV[at + 2])
  redis.call('PEXPIRE', base .. channel, 3 * ttl)
  redis.call('ZADD', due, now + ttl, entry)
  local returned = redis.call('ZREM', gone, entry)
  answer[#answer + 1] = ARGV[at + 1] == '1' and returned or 0
end
redis.call('PEXPIRE', due, 3 * ttl)
return answer
