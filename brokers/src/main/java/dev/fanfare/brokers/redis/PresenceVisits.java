package dev.fanfare.brokers.redis;

import static java.util.concurrent.CompletableFuture.completedStage;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fanfare.brokers.redis.PresenceScripts.Reaped;
import dev.fanfare.core.model.Unavailable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When one bucket is looked after: every so often this node speaks for its members there, and
 * always before it looks who has expired; soon again after something has failed. Any thread. Times
 * are those of {@link System#nanoTime}.
 */
final class PresenceVisits {
    private static final Logger LOG = LoggerFactory.getLogger(PresenceVisits.class);

    private final PresenceBucket bucket;
    private final PresenceTerms terms;
    private final Consumer<String> onLoss;
    private final long phase;

    @GuardedBy("this")
    private boolean busy;

    @GuardedBy("this")
    private long refreshAt;

    @GuardedBy("this")
    private long reapAt;

    @GuardedBy("this")
    private long mendAt;

    /** When it was last seen who has expired; null: never. */
    @GuardedBy("this")
    private @Nullable Long seenAt;

    @GuardedBy("this")
    private @Nullable String generation;

    /**
     * @param share which part of each period, from 0 to 1, has passed when it is visited: others
     *     have theirs
     * @param onLoss told the generation that is no more, and with it perhaps what it knew
     */
    PresenceVisits(
            PresenceBucket bucket, PresenceTerms terms, double share, Consumer<String> onLoss) {
        this.bucket = bucket;
        this.terms = terms;
        this.onLoss = onLoss;
        long now = System.nanoTime();
        phase = now + (long) (terms.period().toNanos() * share);
        refreshAt = now + (long) (terms.pause().toNanos() * share);
        reapAt = refreshAt;
        mendAt = now;
    }

    /** Does what is due. */
    void sweep(long now) {
        boolean refreshing;
        boolean survived;
        synchronized (this) {
            refreshing = isOver(refreshAt, now) || (bucket.owes() && isOver(mendAt, now));
            if (busy || (!refreshing && !isOver(reapAt, now))) {
                return;
            }
            busy = true;
            mendAt = now + terms.pause().toNanos();
            survived = seenAt != null && now - seenAt > terms.outage().toNanos();
        }
        var reaped =
                completedStage(bucket)
                        .thenCompose(each -> refreshing ? each.refresh() : completedStage(null))
                        .thenCompose(_ -> bucket.reap(survived));
        var _ = reaped.whenComplete((found, failure) -> visited(now, refreshing, found, failure));
    }

    /** Visits it by that time, if it has heard of nothing newer than that generation. */
    synchronized void hurry(String lost, long at) {
        if ((generation == null || generation.equals(lost)) && refreshAt - at > 0) {
            refreshAt = at;
        }
    }

    private void visited(
            long begin, boolean refreshed, @Nullable Reaped found, @Nullable Throwable failure) {
        if (found == null) {
            failed(begin, failure);
            return;
        }
        String lost;
        synchronized (this) {
            busy = false;
            seenAt = begin;
            lost = found.generation().equals(generation) ? null : generation;
            generation = found.generation();
            long period = terms.period().toNanos();
            long next = TimeUnit.MILLISECONDS.toNanos(found.next());
            reapAt = begin + (next < 0 ? period : Math.min(next, period));
            if (lost != null) {
                refreshAt = begin + terms.pause().toNanos(); // this visit began before the loss
            } else if (refreshed) {
                refreshAt = begin + period - Math.floorMod(begin - phase, period);
            }
        }
        if (lost != null) {
            onLoss.accept(lost);
        }
    }

    private void failed(long begin, @Nullable Throwable failure) {
        if (!Unavailable.isCauseOf(failure)) {
            LOG.warn("Presence: not refreshed", failure);
        }
        synchronized (this) {
            busy = false;
            refreshAt = begin + terms.pause().toNanos();
            reapAt = refreshAt;
        }
    }

    private static boolean isOver(long time, long now) {
        return now - time >= 0;
    }
}
