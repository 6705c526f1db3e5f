package dev.fanfare.apps.event;

import dev.fanfare.client.Event;
import dev.fanfare.client.Message;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What has been told after commits, in order. */
public final class RecordedEvents implements Events {
    /** One message on one channel. */
    public record Told(String channel, Map<String, ? extends @Nullable Object> members) {
        public String type() {
            return String.valueOf(members.get("type"));
        }
    }

    private final List<Told> told = new CopyOnWriteArrayList<>();

    @Override
    public void emit(Handle transaction, String channel, Message message) {
        var event = new Told(channel, message.members());
        transaction.afterCommit(() -> told.add(event));
    }

    @Override
    public void emit(Handle transaction, Event event) {
        throw new UnsupportedOperationException("event: " + event.name() + " (expected: none)");
    }

    public List<Told> told() {
        return List.copyOf(told);
    }
}
