package dev.fanfare.server;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.session.SessionLoop;
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

    private final SessionLoop sessions;
    private final ScheduledExecutorService loop;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final long steps;
    private long step;
    private long total;

    private Drain(SessionLoop sessions, ScheduledExecutorService loop, Duration window) {
        this.sessions = sessions;
        this.loop = loop;
        steps = Math.max(1, window.toMillis() / STEP_MILLIS);
    }

    /** Any thread. */
    static CompletableFuture<Void> start(
            SessionLoop sessions, ScheduledExecutorService loop, Duration window) {
        var drain = new Drain(sessions, loop, window);
        loop.execute(drain);
        return drain.done;
    }

    /** The first is told at once, the others at even distances. */
    @Override
    public void run() {
        total = step == 0 ? sessions.size() : total;
        step = Math.min(step + 1, steps);
        long stay = total - Math.ceilDiv(total * step, steps);
        sessions.disconnect((int) Math.max(0, sessions.size() - stay), Disconnect.SHUTDOWN);
        if (sessions.size() == 0) {
            done.complete(null);
        } else {
            var _ = loop.schedule(this, STEP_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
