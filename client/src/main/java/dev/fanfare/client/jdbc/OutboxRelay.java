package dev.fanfare.client.jdbc;

import dev.fanfare.client.Delivery;
import dev.fanfare.client.HttpDelivery;
import dev.fanfare.client.PublishObserver;
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

    private final Delivery delivery;
    private final Drain drain;
    private final RelayThread thread;

    private OutboxRelay(
            DataSource source, Delivery delivery, RelayOptions options, PublishObserver observer) {
        this.delivery = delivery;
        var lease = new Lease(source, "fanfare_outbox_lease", options.lease());
        drain = new Drain(new OutboxTable(source), lease, delivery, options, observer, this::goOn);
        thread = new RelayThread("fanfare-outbox", "The outbox", LOG, lease, drain);
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
        goOn();
    }

    private void goOn() {
        thread.wake();
    }

    /** Waits up to 5 seconds for what is under way. What is not sent stays in the outbox. */
    @Override
    public void close() {
        thread.close();
        delivery.close();
    }
}
