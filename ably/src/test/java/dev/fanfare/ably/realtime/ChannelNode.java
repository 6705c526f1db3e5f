package dev.fanfare.ably.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.ably.access.Access;
import dev.fanfare.ably.access.Capability;
import dev.fanfare.ably.access.Denied;
import dev.fanfare.ably.app.App;
import dev.fanfare.ably.app.Limits;
import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.broker.MemoryBroker;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.channel.Catalogue;
import dev.fanfare.core.channel.ChannelPattern;
import dev.fanfare.core.channel.ChannelRules;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.channel.Draft;
import dev.fanfare.core.channel.EventContract;
import dev.fanfare.core.channel.PayloadSchema;
import dev.fanfare.core.channel.VariableType;
import dev.fanfare.core.fake.ManualClock;
import dev.fanfare.core.fake.ManualLoop;
import dev.fanfare.core.fake.ReluctantBroker;
import dev.fanfare.core.fake.ReluctantPresence;
import dev.fanfare.core.hub.Hub;
import dev.fanfare.core.hub.HubObserver;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.presence.MemoryPresence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A node of one event loop without sockets. Channels: {@code news:…} keep so many publications for
 * ten minutes and presence, {@code bare:…} keep nothing, {@code orders} carry one event alone.
 */
final class ChannelNode {
    static final Limits LIMITS = new Limits(1_000, 10_000, 3, 5, 4, Limits.USUAL.patience());

    final ManualClock clock = new ManualClock();
    final ManualLoop loop = new ManualLoop();
    final ReluctantPresence presence = new ReluctantPresence(new MemoryPresence());
    final ReluctantBroker broker;
    final Hub hub;
    final App app;
    final List<FakeLine> lines = new ArrayList<>();
    private final Channels backend;
    private final AtomicInteger ids = new AtomicInteger();

    ChannelNode() {
        this(10);
    }

    ChannelNode(int kept) {
        var streams = new MemoryBroker(clock, () -> "epoch" + ids.incrementAndGet());
        broker = new ReluctantBroker(streams);
        hub = new Hub(broker, List.of(loop), HubObserver.NONE);
        broker.start(hub);
        var history = new Retention(kept, Duration.ofMinutes(10));
        var orders = Map.of("order", new EventContract("order", PayloadSchema.ANYTHING));
        var catalogue =
                new Catalogue(
                        List.of(
                                entry("news:{name}", history, true, Map.of()),
                                entry("bare:{name}", Retention.NONE, false, Map.of()),
                                entry("orders", history, false, orders)));
        backend = new Channels(catalogue, streams, presence, this::nextId);
        app =
                new App(
                        "app001",
                        List.of(),
                        new Channels(catalogue, broker, presence, this::nextId),
                        hub,
                        new MemoryBroker(clock, () -> "log"),
                        LIMITS);
    }

    private static Catalogue.Entry entry(
            String pattern,
            Retention retention,
            boolean presence,
            Map<String, EventContract> events) {
        var all = AccessRule.EVERYONE;
        var names =
                pattern.contains("{")
                        ? Map.of("name", VariableType.SEGMENT)
                        : Map.<String, VariableType>of();
        return new Catalogue.Entry(
                ChannelPattern.parse(pattern, names),
                new ChannelRules(
                        new ChannelRules.Access(all, all, all, all), retention, presence, events));
    }

    private String nextId() {
        return "id" + ids.incrementAndGet();
    }

    /** A connection that may do everything, as this client; {@code *}: as any. */
    FakeLine line(@Nullable String clientId) {
        return line(clientId, "{\"*\":[\"*\"]}");
    }

    FakeLine line(@Nullable String clientId, String capability) {
        var line = new FakeLine(this, "c" + ids.incrementAndGet(), access(clientId, capability));
        lines.add(line);
        return line;
    }

    static Access access(@Nullable String clientId, String capability) {
        try {
            return new Access(
                    "app001",
                    "app001.key",
                    true,
                    Capability.parse(capability),
                    clientId,
                    Access.Term.ENDLESS);
        } catch (Denied denied) {
            throw new IllegalArgumentException(denied);
        }
    }

    /** By a backend: the broker is never late or broken for it. Subscribers hear it. */
    void publish(String channel, String... payloads) {
        for (var payload : payloads) {
            publish(channel, payload, Audience.EVERYONE);
        }
        run();
    }

    void publish(String channel, String payload, Audience audience) {
        var text = Payload.of(payload.getBytes(UTF_8), Payload.Format.TEXT);
        var _ = backend.publish(new Draft(channel, null, null, text, audience));
    }

    void run() {
        loop.runAll();
    }

    void publishUnkept(String channel, String payload) {
        var text = Payload.of(payload.getBytes(UTF_8), Payload.Format.TEXT);
        var terms = new Draft.Terms(Map.of(), false, true, null);
        var _ = backend.publish(new Draft(channel, null, null, text, Audience.EVERYONE, terms));
        run();
    }

    void removeHistory(String channel) {
        var _ = broker.removeHistory(new Channel(channel));
    }

    /** Until nobody waits for the broker. */
    void answerAll() {
        for (int round = 0; round < 10; round++) {
            broker.answerAll();
            run();
        }
    }

    /** Time passes, with a look after the connections at its end. */
    void pass(Duration time) {
        clock.advance(time);
        lines.forEach(line -> line.channels.sweep(clock.millis()));
        app.channels().sweep(clock.millis());
        run();
    }
}
