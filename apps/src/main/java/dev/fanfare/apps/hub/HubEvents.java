package dev.fanfare.apps.hub;

import dev.fanfare.apps.event.Events;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Tells what users do, in the transaction that does it: everything on the hub of the user alone,
 * rounds of games on the player's stream and to monitors too.
 */
public final class HubEvents {
    /** Of every message; another number means that members have changed or gone. */
    static final int SCHEMA_VERSION = 1;

    private static final String MONITOR = "games:events";
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Events events;

    public HubEvents(Events events) {
        this.events = events;
    }

    /** The action first, then what it has changed, in the order given. */
    public void tell(Handle transaction, Action action, List<Update> updates) {
        var channel = "hub:" + action.user();
        var done = began("user_action");
        done.put("action", action.name());
        var told = ended(done, action.data(), action.at());
        events.emit(transaction, channel, () -> told);
        for (var update : updates) {
            var changed = ended(began(update.kind().word()), update.data(), action.at());
            events.emit(transaction, channel, () -> changed);
        }
    }

    public void tell(Handle transaction, GameEvent event) {
        events.emit(transaction, "games:" + event.user(), event);
        events.emit(transaction, MONITOR, event);
    }

    /** The first thing a hub says of its user. */
    public static Map<String, ?> initialState(Map<String, ?> state, Instant at) {
        return ended(began("initial_state"), state, at);
    }

    private static Map<String, @Nullable Object> began(String type) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        members.put("type", type);
        return members;
    }

    private static Map<String, @Nullable Object> ended(
            Map<String, @Nullable Object> members,
            Map<String, ? extends @Nullable Object> data,
            Instant at) {
        members.put("data", data);
        members.put("ts", timestamp(at));
        members.put("schema_version", SCHEMA_VERSION);
        return members;
    }

    /** Always with milliseconds. */
    public static String timestamp(Instant at) {
        return TIMESTAMP.format(at);
    }
}
