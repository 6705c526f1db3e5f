-- Empties a channel's log. The log itself stays, and expires as before.
--
-- KEYS: log
return { redis.call('XTRIM', KEYS[1], 'MAXLEN', 0) }
