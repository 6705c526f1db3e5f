package dev.fanfare.ably.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.fanfare.ably.access.AppKey;
import dev.fanfare.ably.access.Capability;
import dev.fanfare.ably.access.Denied;
import dev.fanfare.ably.access.Judge;
import dev.fanfare.ably.access.RevocationDesk;
import dev.fanfare.ably.access.Revocations;
import dev.fanfare.ably.access.TokenDesk;
import dev.fanfare.ably.access.TokenTerms;
import dev.fanfare.ably.app.App;
import dev.fanfare.ably.app.Apps;
import dev.fanfare.ably.app.Limits;
import dev.fanfare.ably.app.Sandbox;
import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.broker.MemoryBroker;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.channel.Catalogue;
import dev.fanfare.core.channel.ChannelPattern;
import dev.fanfare.core.channel.ChannelRules;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.hub.Hub;
import dev.fanfare.core.hub.HubObserver;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.presence.MemoryPresence;
import dev.fanfare.protocols.ably.Format;
import dev.fanfare.protocols.ably.Formats;
import dev.fanfare.protocols.ably.Unreadable;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** REST of one application whose channels keep everything, and a clock that stands still. */
final class TestRest {
    static final String KEY = "app001.full:secret";
    static final String READER = "app001.read:secret";

    final AtomicLong now = new AtomicLong(1_800_000_000_000L);
    final Map<String, Integer> listeners = new HashMap<>();
    final Map<String, ClientInfo> connections = new HashMap<>();
    final Channels channels;
    private final Rest rest;
    private final Map<String, String> headers = new HashMap<>();
    private Format format = Formats.JSON;

    TestRest() {
        var epochs = new AtomicLong();
        var broker = new MemoryBroker(this::instant, () -> "epoch" + epochs.incrementAndGet());
        channels = new Channels(catalogue(), broker, new MemoryPresence(), () -> "unused");
        var hub = new Hub(broker, List.of(Runnable::run), HubObserver.NONE);
        var log = new MemoryBroker(this::instant, () -> "log");
        var keys =
                List.of(
                        new AppKey("app001", "full", "secret", Capability.FULL, false),
                        new AppKey("app001", "read", "secret", reading(), true));
        var apps = new Apps(List.of(new App("app001", keys, channels, hub, log, Limits.USUAL)));
        var bases = new AtomicLong();
        var revocations = new Revocations();
        rest =
                new Rest(
                        apps,
                        new Judge(apps, revocations, this::instant),
                        new Rest.Sources(
                                sandbox(apps),
                                new TokenDesk(
                                        apps,
                                        TokenTerms.USUAL,
                                        this::instant,
                                        () -> "token" + bases.incrementAndGet()),
                                new RevocationDesk(apps, revocations, this::instant),
                                (app, key) -> connections.get(key),
                                (app, prefix) -> completedFuture(listeners),
                                () -> "base" + bases.incrementAndGet(),
                                this::instant));
        as(KEY);
    }

    private Sandbox sandbox(Apps apps) {
        var names = new AtomicLong();
        Supplier<String> name = () -> "name" + names.incrementAndGet();
        return new Sandbox(
                apps,
                new Sandbox.Rules(10, Duration.ofHours(1), Limits.USUAL),
                new Sandbox.Parts(
                        List.of(Runnable::run),
                        HubObserver.NONE,
                        this::instant,
                        new Sandbox.Names(name, name, name, name)));
    }

    private Instant instant() {
        return Instant.ofEpochMilli(now.get());
    }

    private static Capability reading() {
        try {
            return Capability.of(Map.of("news:*", List.of("subscribe", "history")));
        } catch (Denied denied) {
            throw new IllegalStateException(denied);
        }
    }

    private static Catalogue catalogue() {
        var everyone = AccessRule.EVERYONE;
        var rules =
                new ChannelRules(
                        new ChannelRules.Access(everyone, everyone, everyone, everyone),
                        new Retention(5_000, Duration.ofHours(1)),
                        true,
                        Map.of());
        return new Catalogue(
                List.of(new Catalogue.Entry(ChannelPattern.parse("{name...}", Map.of()), rules)));
    }

    /** Asks with this key from now on. */
    TestRest as(String key) {
        return with("authorization", "Basic " + base64(key));
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    @SuppressWarnings("unchecked") // or the test fails
    static Map<String, Object> map(@Nullable Object tree) {
        return (Map<String, Object>) requireNonNull(tree);
    }

    TestRest with(String header, @Nullable String value) {
        if (value == null) {
            headers.remove(header);
        } else {
            headers.put(header, value);
        }
        return this;
    }

    /** Speaks it from now on. */
    TestRest in(Format spoken) {
        format = spoken;
        return with("content-type", spoken.mediaType()).with("accept", spoken.mediaType());
    }

    Told get(String target) {
        return ask("GET", target, new byte[0]);
    }

    Told post(String target, Object tree) {
        return ask("POST", target, format.writeTree(tree));
    }

    Told ask(String method, String target, byte[] body) {
        int query = target.indexOf('?');
        try {
            var request =
                    RestRequest.of(
                            method,
                            query < 0 ? target : target.substring(0, query),
                            query < 0 ? null : target.substring(query + 1),
                            headers.entrySet(),
                            body);
            return new Told(rest.answer(request).toCompletableFuture().join());
        } catch (Denied denied) {
            return new Told(Rest.refusal(denied.error()));
        }
    }

    /** An answer, and what can be read out of it. */
    record Told(RestAnswer answer) {
        int status() {
            return answer.status();
        }

        @Nullable String header(String name) {
            return answer.headers().stream()
                    .filter(header -> header.name().equals(name))
                    .map(RestAnswer.Header::value)
                    .findFirst()
                    .orElse(null);
        }

        /** Where a page of this relation is; null: nowhere. */
        @Nullable String link(String relation) {
            return answer.headers().stream()
                    .filter(header -> header.name().equals("Link"))
                    .map(RestAnswer.Header::value)
                    .filter(value -> value.endsWith("rel=\"" + relation + "\""))
                    .map(value -> value.substring(1, value.indexOf('>')))
                    .findFirst()
                    .orElse(null);
        }

        String text() {
            return new String(answer.body(), UTF_8);
        }

        Object tree() {
            var format =
                    "application/x-msgpack".equals(header("Content-Type"))
                            ? Formats.MSGPACK
                            : Formats.JSON;
            try {
                return requireNonNull(format.readTree(answer.body()));
            } catch (Unreadable e) {
                throw new AssertionError(text(), e);
            }
        }

        List<?> list() {
            return (List<?>) tree();
        }

        Map<String, Object> map() {
            return TestRest.map(tree());
        }

        /** Of each element of the list. */
        List<Object> each(String member) {
            return list().stream().<Object>map(item -> ((Map<?, ?>) item).get(member)).toList();
        }

        /** The error's number; 0: there is no error. */
        long code() {
            var header = header("X-Ably-Errorcode");
            return header == null ? 0 : Long.parseLong(header);
        }
    }
}
