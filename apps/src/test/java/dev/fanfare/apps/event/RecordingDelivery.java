package dev.fanfare.apps.event;

import dev.fanfare.client.Delivery;
import dev.fanfare.client.Event;
import dev.fanfare.client.RealtimeException;
import dev.fanfare.client.RealtimeException.Code;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that keeps what it takes, and fails on some channels as a test wants. */
final class RecordingDelivery implements Delivery {
    private final List<Event> taken = new CopyOnWriteArrayList<>();
    private final Map<String, Code> failures = new ConcurrentHashMap<>();
    private volatile boolean isClosed;

    /** Until {@link #works}. */
    void fails(String channel, Code code) {
        failures.put(channel, code);
    }

    void works(String channel) {
        failures.remove(channel);
    }

    @Override
    public CompletableFuture<Void> deliver(Event event) {
        return CompletableFuture.runAsync(() -> take(event));
    }

    private void take(Event event) {
        var code = failures.get(event.channel());
        if (code != null) {
            throw new RealtimeException(code, "no: " + code, (Throwable) null);
        }
        taken.add(event);
    }

    List<Event> taken() {
        return List.copyOf(taken);
    }

    List<String> payloads(String channel) {
        return taken.stream()
                .filter(event -> event.channel().equals(channel))
                .map(Event::payload)
                .toList();
    }

    boolean isClosed() {
        return isClosed;
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
