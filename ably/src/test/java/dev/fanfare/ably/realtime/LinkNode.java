package dev.fanfare.ably.realtime;

import static java.util.Map.entry;

import dev.fanfare.ably.access.AppKey;
import dev.fanfare.ably.access.Capability;
import dev.fanfare.ably.access.Credentials;
import dev.fanfare.ably.access.Denied;
import dev.fanfare.ably.access.Judge;
import dev.fanfare.ably.access.RevocationDesk;
import dev.fanfare.ably.access.Revocations;
import dev.fanfare.ably.access.TokenDesk;
import dev.fanfare.ably.access.TokenTerms;
import dev.fanfare.ably.access.Verdict;
import dev.fanfare.ably.app.App;
import dev.fanfare.ably.app.Apps;
import dev.fanfare.ably.app.Limits;
import dev.fanfare.core.broker.MemoryBroker;
import dev.fanfare.core.channel.Catalogue;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.fake.ManualClock;
import dev.fanfare.core.fake.ManualLoop;
import dev.fanfare.core.hub.Hub;
import dev.fanfare.core.hub.HubObserver;
import dev.fanfare.core.presence.MemoryPresence;
import dev.fanfare.protocols.ably.ErrorInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** A node of two event loops without sockets, and one application with a key. */
final class LinkNode implements LinkObserver {
    static final AppKey KEY = new AppKey("app001", "key001", "a-secret", Capability.FULL, true);
    static final String KEY_TEXT = "app001.key001:a-secret";
    static final long MAX_PENDING = 1_000;

    final ManualClock clock = new ManualClock();
    final ManualLoop here = new ManualLoop();
    final ManualLoop there = new ManualLoop();
    final List<FakeAttachments> attachments = new ArrayList<>();
    final List<ErrorInfo> refused = new ArrayList<>();
    int connected;

    /** Whether no connection can be made. */
    boolean broken;

    private final Revocations revocations = new Revocations();
    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final Apps apps = new Apps(List.of(app()));
    private final Judge judge = new Judge(apps, revocations, clock);
    final Entrance entrance =
            new Entrance(
                    apps,
                    new Surroundings(
                            new Surroundings.Naming(
                                    "node1",
                                    () -> "connection" + connections.incrementAndGet(),
                                    () -> "%032x".formatted(ids.incrementAndGet())),
                            judge,
                            revocations,
                            clock,
                            new Random(1),
                            MAX_PENDING),
                    this::attachments,
                    this);

    private App app() {
        var broker = new MemoryBroker(clock, () -> "epoch");
        var hub = new Hub(broker, List.of(here, there), HubObserver.NONE);
        broker.start(hub);
        var channels =
                new Channels(
                        new Catalogue(List.of()),
                        broker,
                        new MemoryPresence(),
                        () -> "id" + ids.incrementAndGet());
        return new App(
                KEY.appId(),
                List.of(KEY),
                channels,
                hub,
                new MemoryBroker(clock, () -> "epoch"),
                Limits.USUAL);
    }

    private Attachments attachments(Line line) {
        if (broken) {
            throw new IllegalStateException("broken");
        }
        var made = new FakeAttachments(line);
        attachments.add(made);
        return made;
    }

    /** A client that has come with the key and these parameters. */
    LinkClient client(String... query) {
        return client(here, query);
    }

    LinkClient client(ManualLoop loop, String... query) {
        var all = new HashMap<>(Map.ofEntries(entry("key", KEY_TEXT)));
        for (int i = 0; i < query.length; i += 2) {
            all.put(query[i], query[i + 1]);
            if (query[i].startsWith("access")) {
                all.remove("key");
            }
        }
        var client = new LinkClient(this, loop, all);
        run();
        return client;
    }

    String token(Duration lifetime, String... more) {
        var request = new HashMap<String, Object>(Map.of("ttl", lifetime.toMillis()));
        for (int i = 0; i < more.length; i += 2) {
            request.put(more[i], more[i + 1]);
        }
        var desk = new TokenDesk(apps, TokenTerms.USUAL, clock, () -> "u" + ids.incrementAndGet());
        try {
            return (String) desk.requestToken(KEY.name(), request, bearer()).get("token");
        } catch (Denied denied) {
            throw new AssertionError(denied);
        }
    }

    /**
     * @param margin whether clients get time to come with another token
     */
    void revoke(String target, boolean margin) {
        var request = Map.of("targets", List.of(target), "allowReauthMargin", margin);
        try {
            var _ =
                    new RevocationDesk(apps, revocations, clock)
                            .revokeTokens(KEY.name(), request, bearer());
        } catch (Denied denied) {
            throw new AssertionError(denied);
        }
    }

    private dev.fanfare.ably.access.Access bearer() {
        return ((Verdict.Accepted) judge.judge(new Credentials.Key(KEY_TEXT), null)).access();
    }

    /** Until nothing waits on any loop. */
    void run() {
        while (here.waiting() + there.waiting() > 0) {
            here.runAll();
            there.runAll();
        }
    }

    /** Time passes, with a look after the connections at its end. */
    void pass(Duration time) {
        clock.advance(time);
        entrance.sweep(here);
        entrance.sweep(there);
        run();
    }

    @Override
    public void connected(Link link) {
        connected++;
    }

    @Override
    public void disconnected(Link link) {
        connected--;
    }

    @Override
    public void refused(ErrorInfo why) {
        refused.add(why);
    }

    @Override
    public void sent(int bytes) {}
}
