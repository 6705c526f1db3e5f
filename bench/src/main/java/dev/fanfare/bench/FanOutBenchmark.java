package dev.fanfare.bench;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.access.Identity;
import dev.fanfare.core.access.Tokens;
import dev.fanfare.core.broker.MemoryBroker;
import dev.fanfare.core.broker.PublishOptions;
import dev.fanfare.core.broker.Published;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.channel.Catalogue;
import dev.fanfare.core.channel.ChannelPattern;
import dev.fanfare.core.channel.ChannelRules;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.hub.Hub;
import dev.fanfare.core.hub.HubObserver;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.presence.MemoryPresence;
import dev.fanfare.core.protocol.Frame;
import dev.fanfare.core.protocol.FrameEncoder;
import dev.fanfare.core.session.Connection;
import dev.fanfare.core.session.Session;
import dev.fanfare.core.session.SessionLoop;
import dev.fanfare.core.session.SessionObserver;
import dev.fanfare.core.session.SessionRules;
import dev.fanfare.core.session.UserDirectory;
import dev.fanfare.core.session.Wish;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The core's own share of a delivery: from the broker through hub, subscriptions and sessions to
 * connections that swallow what they get. On one thread; divide by the subscribers.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FanOutBenchmark {
    private static final Channel NEWS = new Channel("news");

    @Param({"1", "1000"})
    private int subscribers;

    @Param({"false", "true"})
    private boolean history;

    private final MemoryBroker broker = new MemoryBroker(InstantSource.system(), () -> "kqzfwmtx");
    private final Message message =
            new Message("m-1", null, Payload.json("{}"), null, Audience.EVERYONE);
    private PublishOptions options = new PublishOptions(Retention.NONE, null);

    @Setup
    public void subscribe() {
        var retention = history ? new Retention(100, Duration.ofMinutes(10)) : Retention.NONE;
        options = new PublishOptions(retention, null);
        Executor here = Runnable::run;
        var hub = new Hub(broker, List.of(here), HubObserver.NONE);
        broker.start(hub);
        var channels = new Channels(catalogue(retention), broker, new MemoryPresence(), () -> "m");
        var loop =
                new SessionLoop(
                        channels,
                        hub.shards().getFirst(),
                        InstantSource.system(),
                        RandomGenerator.getDefault(),
                        Duration.ofSeconds(40),
                        SessionObserver.NONE,
                        new UserDirectory());
        for (int i = 0; i < subscribers; i++) {
            var peer =
                    new Session.Peer(
                            new ClientInfo("client-" + i, "user"),
                            Identity.ANONYMOUS,
                            new Swallow(),
                            ENCODER);
            var session = new Session(loop, rules(), peer, null, Tokens.NONE);
            session.open(List.of(new Wish("news", null))).toCompletableFuture().join();
            session.start();
        }
    }

    @Benchmark
    public CompletionStage<Published> publish() {
        return broker.publish(NEWS, message, options);
    }

    private static Catalogue catalogue(Retention retention) {
        var everyone =
                new ChannelRules.Access(
                        AccessRule.EVERYONE,
                        AccessRule.EVERYONE,
                        AccessRule.EVERYONE,
                        AccessRule.EVERYONE);
        var rules = new ChannelRules(everyone, retention, false, Map.of());
        return new Catalogue(
                List.of(new Catalogue.Entry(ChannelPattern.parse("news", Map.of()), rules)));
    }

    private static SessionRules rules() {
        return new SessionRules(
                1,
                100,
                1 << 20,
                100,
                null,
                new SessionRules.Heartbeat(Duration.ofSeconds(25), Duration.ofSeconds(8)));
    }

    private record Bytes(int size) implements Frame {
        @Override
        public void close() {}
    }

    private static final FrameEncoder ENCODER = outputs -> new Bytes(outputs.size());

    private static final class Swallow implements Connection {
        private long sent;

        @Override
        public void send(Frame frame) {
            sent += frame.size();
        }

        @Override
        public void flush() {}

        @Override
        public long pendingBytes() {
            return sent < 0 ? 1 : 0;
        }

        @Override
        public void close(Disconnect why) {}
    }
}
