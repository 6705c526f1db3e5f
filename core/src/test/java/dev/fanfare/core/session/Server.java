package dev.fanfare.core.session;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.access.Identity;
import dev.fanfare.core.broker.MemoryBroker;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.channel.Catalogue;
import dev.fanfare.core.channel.ChannelPattern;
import dev.fanfare.core.channel.ChannelRules;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.channel.Draft;
import dev.fanfare.core.channel.PublishOutcome;
import dev.fanfare.core.channel.VariableType;
import dev.fanfare.core.fake.CountingEncoder;
import dev.fanfare.core.fake.ManualClock;
import dev.fanfare.core.fake.ManualLoop;
import dev.fanfare.core.fake.ReluctantBroker;
import dev.fanfare.core.fake.ReluctantPresence;
import dev.fanfare.core.hub.Hub;
import dev.fanfare.core.hub.HubObserver;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.presence.MemoryPresence;
import dev.fanfare.core.session.SessionRules.Heartbeat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server of one event loop without sockets. Channels: {@code news:…} keep ten publications,
 * {@code room:…} keep presence and no history, {@code private:{user}} is that user's own, {@code
 * tagged:…} keep ten publications and let subscribers choose by tags and ask for deltas.
 */
final class Server {
    static final SessionRules RULES =
            new SessionRules(
                    3,
                    5,
                    1_000,
                    8,
                    null,
                    new Heartbeat(Duration.ofSeconds(25), Duration.ofSeconds(10)));

    static final Retention KEPT = new Retention(10, Duration.ofMinutes(10));

    final ManualClock clock = new ManualClock();
    final ManualLoop thread = new ManualLoop();
    final ReluctantPresence presence = new ReluctantPresence(new MemoryPresence());

    /** Clients that are their users' connections now, as {@link #rivals} says to all nodes. */
    final List<ClientInfo> claims = new ArrayList<>();

    final UserSessions rivals =
            new UserSessions(
                    (user, client) -> {
                        claim(new ClientInfo(client, user));
                        return completedStage(null);
                    });
    final UserDirectory users = new UserDirectory();
    final CountingEncoder shared = new CountingEncoder(true);
    final List<Throwable> failures = new ArrayList<>();

    /** Whether they come back at once. */
    boolean hearsItsClaims = true;

    /** What the ids of clients begin with. */
    String clientPrefix = "client";

    /** Whether users may have several connections. */
    boolean manyPerUser;

    final ReluctantBroker broker;
    final Hub hub;
    final SessionLoop loop;
    private final Channels backend;
    private final AtomicInteger ids = new AtomicInteger();

    Server() {
        this(List.of());
    }

    /**
     * @param more channels than the usual ones
     */
    Server(List<Catalogue.Entry> more) {
        var epochs = new AtomicInteger();
        var streams = new MemoryBroker(clock, () -> "epoch" + epochs.incrementAndGet());
        broker = new ReluctantBroker(streams);
        hub = new Hub(broker, List.of(thread), HubObserver.NONE);
        broker.start(hub);
        var entries = new ArrayList<>(more);
        entries.addAll(
                List.of(
                        entry("news:{name}", KEPT, false, AccessRule.EVERYONE),
                        entry("room:{name}", Retention.NONE, true, AccessRule.EVERYONE),
                        entry("private:{name}", KEPT, true, new AccessRule.UserNamed("name")),
                        tagged("tagged:{name}")));
        var catalogue = new Catalogue(entries);
        backend = new Channels(catalogue, streams, presence, this::nextId);
        loop =
                new SessionLoop(
                        new Channels(catalogue, broker, presence, this::nextId),
                        hub.shards().getFirst(),
                        clock,
                        new Random(1),
                        Duration.ofSeconds(40),
                        new SessionObserver() {
                            @Override
                            public void failed(Session session, Throwable cause) {
                                failures.add(cause);
                            }
                        },
                        users);
    }

    private void claim(ClientInfo client) {
        claims.add(client);
        if (hearsItsClaims) {
            rivals.claimed(client.user(), client.client());
        }
    }

    private String nextId() {
        return "id" + ids.incrementAndGet();
    }

    private static Catalogue.Entry entry(
            String pattern, Retention retention, boolean presence, AccessRule rule) {
        var access = new ChannelRules.Access(rule, rule, rule, rule);
        return new Catalogue.Entry(
                ChannelPattern.parse(pattern, Map.of("name", VariableType.SEGMENT)),
                new ChannelRules(access, retention, presence, Map.of()));
    }

    private static Catalogue.Entry tagged(String pattern) {
        var plain = entry(pattern, KEPT, false, AccessRule.EVERYONE);
        var rules = plain.rules();
        var content =
                new ChannelRules.Content(
                        Map.of(),
                        ChannelRules.Content.Format.JSON,
                        ChannelRules.Content.Deltas.ON_REQUEST,
                        true);
        return new Catalogue.Entry(
                plain.pattern(),
                new ChannelRules(
                        rules.access(),
                        rules.retention(),
                        rules.members(),
                        rules.continuity(),
                        content,
                        rules.naming()));
    }

    FakeClient client(String user) {
        return client(new Identity(user, Map.of(), Identity.NEVER), RULES);
    }

    FakeClient client(Identity identity, SessionRules rules) {
        return new FakeClient(this, clientPrefix + ids.incrementAndGet(), identity, rules, shared);
    }

    /** One that is in, and has heard of its channels. */
    FakeClient connected(String user, Wish... wishes) {
        var client = client(user);
        client.connect(wishes);
        client.connection.take();
        return client;
    }

    StreamPosition publish(String channel, String payload) {
        return publish(channel, payload, Audience.EVERYONE);
    }

    /** The broker is never late or broken for a backend; subscribers hear when the loop runs. */
    StreamPosition publish(String channel, String payload, Audience audience) {
        return publish(new Draft(channel, null, null, Payload.json(payload), audience));
    }

    StreamPosition publish(String channel, String payload, Draft.Terms terms) {
        return publish(
                new Draft(channel, null, null, Payload.json(payload), Audience.EVERYONE, terms));
    }

    private StreamPosition publish(Draft draft) {
        var outcome = backend.publish(draft).toCompletableFuture().resultNow();
        return ((PublishOutcome.Accepted) outcome).position();
    }

    void removeHistory(String channel) {
        broker.removeHistory(new Channel(channel));
    }

    void sweepAfter(Duration time) {
        clock.advance(time);
        loop.sweep();
    }

    /** Once all clients are gone. */
    void assertNothingIsLeft() {
        thread.runAll();
        assertThat(loop.size()).isZero();
        assertThat(rivals.size()).isZero();
        assertThat(users.users()).isZero();
        assertThat(hub.channels()).isZero();
        assertThat(broker.subscribed()).isEmpty();
        assertThat(presence.size()).isZero();
        assertThat(shared.open()).isZero();
    }
}
