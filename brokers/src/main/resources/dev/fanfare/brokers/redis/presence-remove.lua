-- Takes members out.
-- KEYS: due, gone
-- ARGV: where members are kept, entries, generation
-- Answer: for each 0 if it had expired and somebody has been told, otherwise 1
local due, gone, base = KEYS[1], KEYS[2], ARGV[1]
local answer = {}
for at = 2, #ARGV - 1 do
  local entry = ARGV[at]
  local channel, client = string.match(entry, '^(.*)%z([^%z]*)$')
  redis.call('HDEL', base .. channel, client)
  local was = redis.call('ZREM', due, entry) == 1
  answer[#answer + 1] = (was or not redis.call('ZSCORE', gone, entry)) and 1 or 0
end
return answer
