package dev.fanfare.client.jdbc;

import dev.fanfare.client.Delivery;
import dev.fanfare.client.HttpDelivery;
import dev.fanfare.client.PublishObserver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is in the {@link Outbox}, on a thread of its own. Several nodes may have one: they
 * take turns, one at a time. Events of one channel go out one after the other; an event that fails
 * is sent again, ever more slowly, and holds up its channel alone. One that the server refuses is
 * parked: it stays in the table with the reason, and its channel goes on.
 *
 * <p>An event may be sent again after a crash, with the same id; the server forgets ids after five
 * minutes, and with its memory engine when it is started anew. Any thread.
 */
public final class OutboxRelay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);

    /** Between attempts to use a database that does not answer. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** How long {@link #close} waits for what is under way. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Delivery delivery;
    private final Lease lease;
    private final Drain drain;
    private final Semaphore wakes = new Semaphore(0);
    private final Thread thread = new Thread(this::run, "fanfare-outbox");
    private volatile boolean isClosed;

    /** On the relay's thread only. */
    private boolean isTroubled;

    private OutboxRelay(
            DataSource source, Delivery delivery, RelayOptions options, PublishObserver observer) {
        this.delivery = delivery;
        lease = new Lease(source, "fanfare_outbox_lease", options.lease());
        drain =
                new Drain(
                        new OutboxTable(source),
                        lease,
                        delivery,
                        options,
                        observer,
                        wakes::release);
        thread.setDaemon(true);
    }

    /**
     * @param delivery is closed with this relay; best a {@link HttpDelivery} alone, since what is
     *     published on a Redis may have been heard by others than a server
     */
    public static OutboxRelay start(
            DataSource source, Delivery delivery, RelayOptions options, PublishObserver observer) {
        var relay = new OutboxRelay(source, delivery, options, observer);
        relay.thread.start();
        return relay;
    }

    /**
     * There is something new in the outbox: call it after the commit, and the event need not wait
     * for the next poll.
     */
    public void wake() {
        drain.lookAgain();
        wakes.release();
    }

    private void run() {
        while (!isClosed) {
            await(turn());
        }
        finish();
    }

    private Duration turn() {
        try {
            var pause = drain.turn();
            if (isTroubled) {
                isTroubled = false;
                LOG.info("The outbox can be read again");
            }
            return pause;
        } catch (SQLException e) {
            if (!isTroubled) {
                isTroubled = true;
                LOG.warn("The outbox cannot be read, tried again: {}", e.getMessage());
            }
            return PAUSE;
        } catch (Throwable e) { // the thread goes on whatever it is: nobody else empties the outbox
            LOG.error("The outbox: a mistake of its own", e);
            return PAUSE;
        }
    }

    private void await(Duration pause) {
        try {
            if (wakes.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                wakes.drainPermits();
            }
        } catch (InterruptedException e) {
            isClosed = true;
        }
    }

    private void finish() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (drain.finish() && System.nanoTime() - deadline < 0) {
                await(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
            lease.release();
        } catch (Throwable e) {
            LOG.warn("The outbox was not left in order: {}", e.toString());
        }
    }

    /** Waits up to 5 seconds for what is under way. What is not sent stays in the outbox. */
    @Override
    public void close() {
        isClosed = true;
        wake();
        try {
            thread.join(2 * PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        delivery.close();
    }
}
