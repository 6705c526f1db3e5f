package dev.fanfare.push;

import dev.fanfare.client.jdbc.Lease;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is in the {@link PushQueue}, on a thread of its own, and fetches the receipts. Several
 * nodes may have one: they take turns, one at a time.
 *
 * <p>Each notification is sent once. Only where nobody knows whether the provider has taken it,
 * because its answer was lost, or because this node died before it could write that down, is it
 * sent again. Any thread.
 */
public final class PushRelay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PushRelay.class);

    /** Between attempts to use a database that does not answer. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** How long {@link #close} waits for what is under way. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PushProvider provider;
    private final Lease lease;
    private final Sending sending;
    private final Semaphore wakes = new Semaphore(0);
    private final Thread thread = new Thread(this::run, "fanfare-push");
    private volatile boolean isClosed;

    /** On the relay's thread only. */
    private boolean isTroubled;

    private PushRelay(
            DataSource source, PushProvider provider, PushOptions options, PushObserver observer) {
        this.provider = provider;
        lease = new Lease(source, "push_lease", options.lease());
        sending =
                new Sending(
                        Jdbi.create(source),
                        lease,
                        provider,
                        options,
                        observer,
                        new Pace(options, RandomGenerator.getDefault()),
                        wakes::release);
        thread.setDaemon(true);
    }

    /**
     * @param provider is closed with this relay
     */
    public static PushRelay start(
            DataSource source, PushProvider provider, PushOptions options, PushObserver observer) {
        var relay = new PushRelay(source, provider, options, observer);
        relay.thread.start();
        return relay;
    }

    /**
     * There is something new in the queue: call it after the commit, and the notification need not
     * wait for the next poll.
     */
    public void wake() {
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
            var pause = sending.turn();
            if (isTroubled) {
                isTroubled = false;
                LOG.info("The queue of notifications can be read again");
            }
            return pause;
        } catch (SQLException | JdbiException e) {
            if (!isTroubled) {
                isTroubled = true;
                LOG.warn("The queue of notifications cannot be read: {}", e.getMessage());
            }
            return PAUSE;
        } catch (Throwable e) { // the thread goes on whatever it is: nobody else empties the queue
            LOG.error("The queue of notifications: a mistake of its own", e);
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
            while (sending.finish() && System.nanoTime() - deadline < 0) {
                await(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
            lease.release();
        } catch (Throwable e) {
            LOG.warn("The queue of notifications was not left in order: {}", e.toString());
        }
    }

    /** Waits up to 5 seconds for what is under way. What is not sent stays in the queue. */
    @Override
    public void close() {
        isClosed = true;
        wake();
        try {
            thread.join(2 * PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        provider.close();
    }
}
