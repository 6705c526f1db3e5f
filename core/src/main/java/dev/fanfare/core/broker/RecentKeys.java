package dev.fanfare.core.broker;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.StreamPosition;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Idempotency keys of the last minutes and what the first publish with each was answered. Not
 * thread-safe.
 */
final class RecentKeys {
    private record Key(Channel channel, String key) {}

    private record Entry(StreamPosition position, long at) {}

    private final Map<Key, Entry> entries = new LinkedHashMap<>();
    private final long window;

    RecentKeys(Duration window) {
        this.window = window.toMillis();
    }

    @Nullable StreamPosition find(Channel channel, String key, long now) {
        var entry = entries.get(new Key(channel, key));
        return entry == null || isOver(entry, now) ? null : entry.position();
    }

    void remember(Channel channel, String key, StreamPosition position, long now) {
        expire(now);
        entries.put(new Key(channel, key), new Entry(position, now));
    }

    /** Entries stand in the order they were made, so the old ones are at the front. */
    void expire(long now) {
        var all = entries.values().iterator();
        while (all.hasNext() && isOver(all.next(), now)) {
            all.remove();
        }
    }

    private boolean isOver(Entry entry, long now) {
        return now - entry.at() >= window;
    }
}
