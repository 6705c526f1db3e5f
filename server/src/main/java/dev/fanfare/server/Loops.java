package dev.fanfare.server;

import static java.util.Objects.requireNonNull;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.session.SessionLoop;
import dev.fanfare.server.metrics.ServerMetrics;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The event loops and the sessions of each. Fixed from the start on; any thread may look. */
final class Loops {
    private static final long SWEEP_MILLIS = 500;

    private final Map<EventLoop, SessionLoop> sessions;
    private final ServerMetrics metrics;

    Loops(Map<EventLoop, SessionLoop> sessions, ServerMetrics metrics) {
        this.sessions = Map.copyOf(sessions);
        this.metrics = metrics;
    }

    SessionLoop sessions(EventLoop loop) {
        return requireNonNull(sessions.get(loop));
    }

    /** Looks after the sessions of every loop from now on. */
    void startSweeping() {
        sessions.forEach(
                (loop, all) -> {
                    var _ =
                            loop.scheduleAtFixedRate(
                                    new Sweep(all),
                                    SWEEP_MILLIS,
                                    SWEEP_MILLIS,
                                    TimeUnit.MILLISECONDS);
                });
    }

    /** Completes when every client has been told and has left the books. */
    CompletableFuture<Void> drain(Duration window) {
        return CompletableFuture.allOf(
                sessions.entrySet().stream()
                        .map(
                                entry ->
                                        Drain.start(
                                                clients(entry.getValue()), entry.getKey(), window))
                        .toArray(CompletableFuture[]::new));
    }

    private static Drain.Clients clients(SessionLoop sessions) {
        return new Drain.Clients() {
            @Override
            public int size() {
                return sessions.size();
            }

            @Override
            public void sendAway(int count) {
                sessions.disconnect(count, Disconnect.SHUTDOWN);
            }
        };
    }

    /** One round through a loop's sessions; its own lateness shows how busy the loop is. */
    private final class Sweep implements Runnable {
        private final SessionLoop all;
        private long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SWEEP_MILLIS);

        Sweep(SessionLoop all) {
            this.all = all;
        }

        @Override
        public void run() {
            long now = System.nanoTime();
            metrics.loopDelayed(now - due);
            due = now + TimeUnit.MILLISECONDS.toNanos(SWEEP_MILLIS);
            all.sweep();
        }
    }
}
