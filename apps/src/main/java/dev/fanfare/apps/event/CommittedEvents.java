package dev.fanfare.apps.event;

import dev.fanfare.client.Event;
import dev.fanfare.client.Message;
import dev.fanfare.client.Publisher;
import dev.fanfare.client.jdbi.JdbiTransaction;
import org.jdbi.v3.core.Handle;

/**
 * Events that are published as soon as their transaction is committed, best effort.
 *
 * @param publisher is closed with these
 */
public record CommittedEvents(Publisher publisher) implements Events {
    @Override
    public void emit(Handle transaction, String channel, Message message) {
        publisher.publishAfterCommit(JdbiTransaction.of(transaction), channel, message);
    }

    @Override
    public void emit(Handle transaction, Event event) {
        publisher.publishAfterCommit(JdbiTransaction.of(transaction), event);
    }

    @Override
    public void close() {
        publisher.close();
    }
}
