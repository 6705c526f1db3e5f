package dev.fanfare.core.simulation;

import static dev.fanfare.core.simulation.Violation.unless;

import dev.fanfare.core.broker.Broker;
import dev.fanfare.core.broker.MemoryBroker;
import dev.fanfare.core.broker.PublishOptions;
import dev.fanfare.core.broker.Published;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * What the nodes' brokers have in common: the streams, kept by a real {@link MemoryBroker}, and the
 * books about them. Here everything happens at once.
 */
final class Engine {
    private record Key(Channel channel, String key) {}

    private record First(StreamPosition position, long at) {}

    private final Scheduler clock;
    private final Fault fault;
    private final MemoryBroker streams;
    private final Map<Channel, Ledger> ledgers = new LinkedHashMap<>();
    private final Map<Key, First> keys = new HashMap<>();
    private final List<NodeBroker> nodes = new ArrayList<>();
    private int epochs;

    Engine(Scheduler clock, Fault fault) {
        this.clock = clock;
        this.fault = fault;
        streams = new MemoryBroker(clock, () -> "epoch" + ++epochs);
        streams.start(this::placed);
    }

    void add(NodeBroker node) {
        nodes.add(node);
    }

    void add(Channel channel, Retention retention) {
        ledgers.put(channel, new Ledger(retention));
    }

    Ledger ledger(Channel channel) {
        return ledgers.get(channel);
    }

    Map<Channel, Ledger> ledgers() {
        return ledgers;
    }

    Published publish(Channel channel, Message message, PublishOptions options) {
        var ledger = ledger(channel);
        int before = ledger.size() + ledger.unkept().size();
        var published = now(streams.publish(channel, message, withoutKey(options)));
        unless(
                ledger.size() + ledger.unkept().size() == before + (published.repeated() ? 0 : 1),
                "%s is placed %d times",
                message,
                ledger.size() + ledger.unkept().size() - before);
        if (options.idempotencyKey() != null) {
            checkRepeat(new Key(channel, options.idempotencyKey()), published);
        }
        return published;
    }

    private PublishOptions withoutKey(PublishOptions options) {
        return fault == Fault.FORGETS_IDEMPOTENCY
                ? new PublishOptions(options.retention(), null, options.version())
                : options;
    }

    private void checkRepeat(Key key, Published published) {
        var first = keys.get(key);
        boolean known =
                first != null && clock.millis() - first.at() < Broker.IDEMPOTENCY_WINDOW.toMillis();
        unless(published.repeated() == known, "%s: repeated is %s", key, published.repeated());
        if (known) {
            unless(published.position().equals(first.position()), "%s: %s", key, published);
        } else {
            keys.put(key, new First(published.position(), clock.millis()));
        }
    }

    private void placed(Publication publication) {
        ledger(publication.channel()).place(publication);
        nodes.forEach(node -> node.placed(publication));
    }

    History history(Channel channel, HistoryQuery query, Retention retention) {
        var history = now(streams.history(channel, query, retention));
        ledger(channel).read(history.top(), clock.millis());
        return history;
    }

    void removeHistory(Channel channel) {
        now(streams.removeHistory(channel));
        ledger(channel).removeHistory();
    }

    void subscribe(Channel channel) {
        now(streams.subscribe(channel));
    }

    void unsubscribe(Channel channel) {
        if (!isSubscribed(channel)) {
            streams.unsubscribe(channel);
            ledger(channel).use(clock.millis());
        }
    }

    void expire() {
        if (fault == Fault.FORGETS_STREAMS_EARLY) {
            clock.advance(Duration.ofHours(30));
            streams.expire();
            clock.advance(Duration.ofHours(-30));
        }
        streams.expire();
        ledgers.forEach(
                (channel, ledger) -> {
                    if (!isSubscribed(channel)) {
                        ledger.forgetIfIdle(clock.millis());
                    }
                });
    }

    private boolean isSubscribed(Channel channel) {
        return nodes.stream().anyMatch(node -> node.isSubscribed(channel));
    }

    private static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().resultNow();
    }
}
