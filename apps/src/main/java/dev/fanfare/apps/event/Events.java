package dev.fanfare.apps.event;

import dev.fanfare.client.Event;
import dev.fanfare.client.Message;
import org.jdbi.v3.core.Handle;

/** What leaves once a transaction is committed. */
public interface Events extends AutoCloseable {
    /**
     * Called within a transaction; it is told only if that commits, and never fails because of the
     * server or the network. On one channel things are told in their order where one transaction
     * had ended before the other began; of two at the same moment, either may be first.
     */
    void emit(Handle transaction, String channel, Message message);

    /** Likewise. */
    void emit(Handle transaction, Event event);

    /** Nothing is emitted any more; what is under way has a moment. */
    @Override
    default void close() {}
}
