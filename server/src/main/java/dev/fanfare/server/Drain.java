package dev.fanfare.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells all clients of one event loop to come back elsewhere, spread over a window, so that they do
 * not all knock at the next node's door at once. Lives on that loop.
 */
final class Drain implements Runnable {
    private static final long STEP_MILLIS = 50;

    /** Those of one event loop. */
    interface Clients {
        int size();

        /** So many are told, the newest first. */
        void sendAway(int count);
    }

    private final Clients clients;
    private final ScheduledExecutorService loop;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final long steps;
    private long step;
    private long total;

    private Drain(Clients clients, ScheduledExecutorService loop, Duration window) {
        this.clients = clients;
        this.loop = loop;
        steps = Math.max(1, window.toMillis() / STEP_MILLIS);
    }

    /** Any thread. */
    static CompletableFuture<Void> start(
            Clients clients, ScheduledExecutorService loop, Duration window) {
        var drain = new Drain(clients, loop, window);
        loop.execute(drain);
        return drain.done;
    }

    /** The first is told at once, the others at even distances. */
    @Override
    public void run() {
        total = step == 0 ? clients.size() : total;
        step = Math.min(step + 1, steps);
        long stay = total - Math.ceilDiv(total * step, steps);
        clients.sendAway((int) Math.max(0, clients.size() - stay));
        if (clients.size() == 0) {
            done.complete(null);
        } else {
            var _ = loop.schedule(this, STEP_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
