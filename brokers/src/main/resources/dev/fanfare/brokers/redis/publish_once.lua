-- Passes a message on that has no position, unless its idempotency key is known.
--
-- KEYS: idempotency key
-- ARGV: command to send with, topic, note, window of the key; generation
-- Answers as publish.lua does.
if redis.call('SET', KEYS[1], ' 0', 'NX', 'PX', ARGV[4]) then
  redis.call(ARGV[1], ARGV[2], ARGV[3])
  return ' 0'
end
return redis.call('GET', KEYS[1]) .. ' 1'
