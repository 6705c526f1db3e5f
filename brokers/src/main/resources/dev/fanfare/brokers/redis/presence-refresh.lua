-- Gives members time again that their node speaks for.
-- KEYS: due
-- ARGV: where members are kept, time to live, entries, generation
-- Answer: those that are not there, as places in the list: 1, 2, …
local due, base, ttl = KEYS[1], ARGV[1], tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local missing = {}
for at = 3, #ARGV - 1 do
  local entry = ARGV[at]
  local channel, client = string.match(entry, '^(.*)%z([^%z]*)$')
  local there = redis.call('ZADD', due, 'XX', 'CH', now + ttl, entry) == 1
  if there and redis.call('HEXISTS', base .. channel, client) == 1 then
    redis.call('PEXPIRE', base .. channel, 3 * ttl)
  else
    missing[#missing + 1] = at - 2
  end
end
redis.call('PEXPIRE', due, 3 * ttl)
return missing
