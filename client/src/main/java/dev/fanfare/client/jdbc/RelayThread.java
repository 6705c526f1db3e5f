package dev.fanfare.client.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/**
 * The thread of something that sends what a table holds: it does what can be done, waits, and
 * begins anew, whatever goes wrong meanwhile. Any thread.
 */
public final class RelayThread {
    /** Between attempts to use a database that does not answer. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** How long {@link #close} waits for what is under way. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What is to be done, on the thread alone. */
    public interface Work {
        /**
         * Does what can be done now.
         *
         * @return how long nothing will be to do, unless {@link RelayThread#wake} is called
         */
        Duration turn() throws SQLException;

        /**
         * Takes note of what has ended, and begins nothing more.
         *
         * @return whether something is still under way
         */
        boolean finish() throws SQLException;
    }

    private final String table;
    private final Logger log;
    private final Lease lease;
    private final Work work;
    private final Semaphore wakes = new Semaphore(0);
    private final Thread thread;
    private volatile boolean isClosed;

    /** On the thread only. */
    private boolean isTroubled;

    /**
     * @param table as a log calls it, at the beginning of a sentence: {@code The outbox}
     * @param lease is given back in the end
     */
    public RelayThread(String name, String table, Logger log, Lease lease, Work work) {
        this.table = table;
        this.log = log;
        this.lease = lease;
        this.work = work;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Once. */
    public void start() {
        thread.start();
    }

    /** There is something to do. */
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
            var pause = work.turn();
            if (isTroubled) {
                isTroubled = false;
                log.info("{} can be used again", table);
            }
            return pause;
        } catch (SQLException e) {
            if (!isTroubled) {
                isTroubled = true;
                log.warn("{} cannot be used, tried again: {}", table, e.getMessage());
            }
            return PAUSE;
        } catch (Throwable e) { // the thread goes on whatever it is: nobody else empties the table
            log.error("{}: a mistake of its own", table, e);
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
            while (work.finish() && System.nanoTime() - deadline < 0) {
                await(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
            lease.release();
        } catch (Throwable e) {
            log.warn("{} was not left in order: {}", table, e.toString());
        }
    }

    /** Waits up to 5 seconds for what is under way. */
    public void close() {
        isClosed = true;
        wake();
        try {
            thread.join(2 * PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
