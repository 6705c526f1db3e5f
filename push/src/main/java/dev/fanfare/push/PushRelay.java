package dev.fanfare.push;

import dev.fanfare.client.jdbc.Lease;
import dev.fanfare.client.jdbc.RelayThread;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
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

    private final PushProvider provider;
    private final RelayThread thread;

    private PushRelay(
            DataSource source, PushProvider provider, PushOptions options, PushObserver observer) {
        this.provider = provider;
        var lease = new Lease(source, "push_lease", options.lease());
        var sending =
                new Sending(
                        Jdbi.create(source),
                        lease,
                        provider,
                        options,
                        observer,
                        new Pace(options, RandomGenerator.getDefault()),
                        this::wake);
        thread = new RelayThread("fanfare-push", "The queue of notifications", LOG, lease, sending);
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
        thread.wake();
    }

    /** Waits up to 5 seconds for what is under way. What is not sent stays in the queue. */
    @Override
    public void close() {
        thread.close();
        provider.close();
    }
}
