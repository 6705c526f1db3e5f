package dev.fanfare.core.node;

import dev.fanfare.core.broker.Broker;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One channel as a node hears it: every message once and in order from its start on. What did not
 * arrive, or arrives where something is missing before it, is read from history; so is a new epoch,
 * from its beginning. Lives on the nodes' loop.
 */
final class Feed {
    private static final int PAGE = 500;

    /** Hears what the channel says. */
    interface Listener {
        void onMessage(Message message);

        /** The channel has begun anew: what it said last may not have been heard. */
        void onNewEpoch(Channel channel);

        /** So many messages are not to be had any more. */
        void onMissed(Channel channel, long count);
    }

    private enum Phase {
        /** Nothing counts yet. */
        IDLE,
        /** All there was has been heard, as far as one can know. */
        LEVEL,
        READING,
        /** Something has arrived that the reading may not find. */
        READING_OUTDATED,
        /** The last reading failed. */
        BEHIND
    }

    private final Channel channel;
    private final Retention retention;
    private final Broker broker;
    private final Loop loop;
    private final Listener listener;
    private Phase phase = Phase.IDLE;
    private StreamPosition last = StreamPosition.NONE;

    Feed(Channel channel, Retention retention, Broker broker, Loop loop, Listener listener) {
        this.channel = channel;
        this.retention = retention;
        this.broker = broker;
        this.loop = loop;
        this.listener = listener;
    }

    Channel channel() {
        return channel;
    }

    Retention retention() {
        return retention;
    }

    /** Completes on the loop: nothing published from now on is missed. */
    CompletionStage<Void> start() {
        var started = new CompletableFuture<Void>();
        phase = Phase.READING;
        loop.then(
                broker.subscribe(channel)
                        .thenCompose(
                                nothing -> broker.history(channel, HistoryQuery.TOP, retention)),
                history -> {
                    begin(history.top());
                    started.complete(null);
                },
                failure -> {
                    phase = Phase.IDLE;
                    started.completeExceptionally(failure);
                });
        return started;
    }

    private void begin(StreamPosition top) {
        last = top;
        settle();
    }

    /** From the broker. */
    void heard(Publication publication) {
        var position = publication.position();
        switch (phase) {
            case IDLE, READING_OUTDATED -> {}
            case READING -> phase = Phase.READING_OUTDATED;
            case BEHIND -> read();
            case LEVEL -> {
                if (last.precedes(position)) {
                    take(publication);
                } else if (!last.covers(position)) {
                    read();
                }
            }
        }
    }

    /** Something may have been missed. */
    void doubt() {
        switch (phase) {
            case IDLE, READING_OUTDATED -> {}
            case READING -> phase = Phase.READING_OUTDATED;
            case LEVEL, BEHIND -> read();
        }
    }

    boolean isBehind() {
        return phase == Phase.BEHIND;
    }

    private void take(Publication publication) {
        last = publication.position();
        listener.onMessage(publication.message());
    }

    private void read() {
        phase = Phase.READING;
        loop.then(
                broker.history(channel, HistoryQuery.after(last, PAGE), retention),
                this::follow,
                unreachable -> phase = Phase.BEHIND);
    }

    private void follow(History history) {
        var top = history.top();
        if (!top.sameEpoch(last)) {
            last = top.at(0);
            listener.onNewEpoch(channel);
            read();
            return;
        }
        history.publications().forEach(this::takeFromHistory);
        if (last.covers(top)) {
            settle();
        } else if (history.publications().isEmpty()) {
            skipTo(top);
            settle();
        } else {
            read();
        }
    }

    private void takeFromHistory(Publication publication) {
        var position = publication.position();
        if (!last.covers(position)) {
            skipTo(position.at(position.offset() - 1));
            take(publication);
        }
    }

    private void skipTo(StreamPosition position) {
        long missed = position.offset() - last.offset();
        last = position;
        if (missed > 0) {
            listener.onMissed(channel, missed);
        }
    }

    private void settle() {
        if (phase == Phase.READING_OUTDATED) {
            read();
        } else {
            phase = Phase.LEVEL;
        }
    }
}
