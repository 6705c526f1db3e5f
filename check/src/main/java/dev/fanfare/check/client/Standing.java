package dev.fanfare.check.client;

import dev.fanfare.check.history.Position;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Where a client stands on its channels, over all its connections. Thread-safe. */
final class Standing {
    private final Map<String, Position> positions = new ConcurrentHashMap<>();

    @Nullable Position of(String channel) {
        return positions.get(channel);
    }

    /**
     * @param position null: it is not known
     */
    void move(String channel, @Nullable Position position) {
        if (position == null) {
            positions.remove(channel);
        } else {
            positions.put(channel, position);
        }
    }
}
