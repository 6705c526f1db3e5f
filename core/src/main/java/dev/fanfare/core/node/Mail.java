package dev.fanfare.core.node;

import dev.fanfare.core.broker.Broker;
import dev.fanfare.core.broker.PublishOptions;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.model.Channel;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** The way out: two channels for all nodes, and one for each. Lives on the nodes' loop. */
final class Mail {
    /** What all are asked. */
    static final Channel ALL = new Channel("all");

    /** What all are told. */
    static final Channel NEWS = new Channel("news");

    /** As long as a node may be cut off and still hear all that it missed. */
    static final Retention FOR_ALL =
            new Retention(10_000, Duration.ofMinutes(10), Duration.ofHours(1));

    static final Retention FOR_NEWS =
            new Retention(10_000, Duration.ofMinutes(1), Duration.ofHours(1));

    /** What somebody waits for is soon of no use. */
    static final Retention FOR_ONE =
            new Retention(1_000, Duration.ofSeconds(30), Duration.ofMinutes(10));

    private final NodeName self;
    private final Broker broker;
    private long count;

    Mail(NodeName self, Broker broker) {
        this.self = self;
        this.broker = broker;
    }

    static Channel channelOf(String node) {
        return new Channel("node/" + node);
    }

    /** Of a letter; never given twice. */
    String newId() {
        return self.id() + "-" + ++count;
    }

    /** Completes when it is placed, as do the others. */
    CompletionStage<Void> toAll(Letter letter) {
        return send(ALL, letter, new PublishOptions(FOR_ALL, null));
    }

    CompletionStage<Void> asNews(Letter letter) {
        return send(NEWS, letter, new PublishOptions(FOR_NEWS, null));
    }

    CompletionStage<Void> to(String node, Letter letter) {
        return send(channelOf(node), letter, new PublishOptions(FOR_ONE, null));
    }

    private CompletionStage<Void> send(Channel channel, Letter letter, PublishOptions options) {
        return broker.publish(channel, letter.write(newId()), options).thenAccept(placed -> {});
    }
}
