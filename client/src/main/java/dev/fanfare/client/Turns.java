package dev.fanfare.client;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fanfare.client.RealtimeException.Code;
import dev.fanfare.client.RealtimeException.Reply;
import dev.fanfare.client.Succession.Turn;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One event at a time for each channel, in the order in which they came; channels go side by side.
 * Any thread; whoever brings an event or ends a delivery sends the next one.
 */
final class Turns {
    private final Succession succession;
    private final int most;
    private final int mostOfOne;

    /** Those who wait behind the event that is under way; no entry: nothing is under way. */
    @GuardedBy("this")
    private final Map<String, Queue<Turn>> behind = new HashMap<>();

    @GuardedBy("this")
    private int count;

    @GuardedBy("this")
    private boolean isClosed;

    /**
     * @param most events that may wait or be under way
     * @param mostOfOne how many of these may be of one channel
     */
    Turns(Delivery delivery, int most, int mostOfOne) {
        succession = new Succession(delivery, ended -> next(ended.event().channel()));
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** Completes when the event is delivered. */
    CompletableFuture<Void> take(Event event) {
        var turn = Turn.of(event);
        synchronized (this) {
            if (isClosed) {
                return refused(event, Code.CLOSED, "closed");
            }
            if (count >= most) {
                return refused(event, Code.FULL, count + " events wait (expected: fewer)");
            }
            var before = behind.get(event.channel());
            if (before != null && before.size() + 1 >= mostOfOne) {
                var got = (before.size() + 1) + " events of the channel wait (expected: fewer)";
                return refused(event, Code.FULL, got);
            }
            count++;
            if (before != null) {
                before.add(turn);
                return turn.done();
            }
            behind.put(event.channel(), new ArrayDeque<>());
        }
        succession.run(turn);
        return turn.done();
    }

    private static CompletableFuture<Void> refused(Event event, Code code, String why) {
        return CompletableFuture.failedFuture(
                new RealtimeException(code, event.channel() + ": " + why, (Reply) null));
    }

    private synchronized @Nullable Turn next(String channel) {
        count--;
        notifyAll();
        var queue = behind.get(channel);
        var next = queue == null ? null : queue.poll();
        if (next == null) {
            behind.remove(channel);
        }
        return next;
    }

    /**
     * Takes nothing more, and waits for what is there.
     *
     * @return how many events are still there
     */
    synchronized int close(Duration patience) {
        isClosed = true;
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            for (long left = patience.toNanos(); count > 0 && left > 0; ) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = deadline - System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return count;
    }
}
