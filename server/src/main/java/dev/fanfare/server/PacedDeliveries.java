package dev.fanfare.server;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Starts a loop's deliveries. A write to a socket costs the same for one message as for ten, so
 * under load it pays to wait a moment: a delivery that follows on the heels of another waits as
 * long as that one took (docs/benchmarks.md, "Burst"). So a loop spends at most half its time
 * writing, whatever comes, and after a pause there is no delay at all.
 *
 * <p>With a configured delay every delivery waits just so long instead. The state lives on the
 * loop.
 */
final class PacedDeliveries implements Executor {
    private static final long LONGEST_REST = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long NOT_WORTH_A_TIMER = TimeUnit.MICROSECONDS.toNanos(100);

    private final EventLoop loop;
    private final long fixedDelay;
    private long endedAt = System.nanoTime();
    private long took;

    /**
     * @param fixedDelay zero: as the load demands
     */
    PacedDeliveries(EventLoop loop, Duration fixedDelay) {
        this.loop = loop;
        this.fixedDelay = fixedDelay.toNanos();
    }

    /** Any thread. */
    @Override
    public void execute(Runnable delivery) {
        if (fixedDelay > 0) {
            var _ = loop.schedule(delivery, fixedDelay, TimeUnit.NANOSECONDS);
        } else {
            loop.execute(() -> startOrRest(delivery));
        }
    }

    private void startOrRest(Runnable delivery) {
        long rest = endedAt + Math.min(took, LONGEST_REST) - System.nanoTime();
        if (rest > NOT_WORTH_A_TIMER) {
            var _ = loop.schedule(() -> run(delivery), rest, TimeUnit.NANOSECONDS);
        } else {
            run(delivery);
        }
    }

    private void run(Runnable delivery) {
        long started = System.nanoTime();
        delivery.run();
        endedAt = System.nanoTime();
        took = endedAt - started;
    }
}
