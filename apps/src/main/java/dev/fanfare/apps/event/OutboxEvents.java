package dev.fanfare.apps.event;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fanfare.apps.database.Database;
import dev.fanfare.client.Delivery;
import dev.fanfare.client.Event;
import dev.fanfare.client.Message;
import dev.fanfare.client.PublishObserver;
import dev.fanfare.client.jdbc.Outbox;
import dev.fanfare.client.jdbc.OutboxRelay;
import dev.fanfare.client.jdbc.RelayOptions;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jspecify.annotations.Nullable;

/**
 * Events that are written down with what they tell of, and sent from there: they survive a crash.
 */
public final class OutboxEvents implements Events {
    private final Delivery delivery;

    /** Null until the database is there. */
    private volatile @Nullable OutboxRelay relay;

    @GuardedBy("this")
    private boolean closed;

    /**
     * @param delivery is closed with these
     */
    public OutboxEvents(Database database, Delivery delivery, PublishObserver observer) {
        this.delivery = delivery;
        database.whenReady(() -> start(database.source(), observer));
    }

    private synchronized void start(DataSource source, PublishObserver observer) {
        if (!closed) {
            relay = OutboxRelay.start(source, delivery, RelayOptions.DEFAULT, observer);
        }
    }

    @Override
    public void emit(Handle transaction, String channel, Message message) {
        emit(transaction, Event.of(channel, message));
    }

    @Override
    public void emit(Handle transaction, Event event) {
        try {
            Outbox.add(transaction.getConnection(), event);
        } catch (SQLException e) {
            throw new TransactionException("outbox: an event was not written", e);
        }
        transaction.afterCommit(this::wake);
    }

    private void wake() {
        var running = relay;
        if (running != null) {
            running.wake();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        var running = relay;
        if (running == null) {
            delivery.close();
        } else {
            running.close();
        }
    }
}
