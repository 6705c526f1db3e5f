package dev.fanfare.ably.access;

import static java.util.stream.Collectors.toMap;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One application with three keys, and a clock that stands still. */
final class Fixtures {
    static final AppKey FULL = key("full", "a-short-secret", Capability.FULL, false);
    static final AppKey NEWS = key("news", "another", read("{\"news:*\":[\"subscribe\"]}"), false);
    static final AppKey REVOCABLE = key("revocable", "third", Capability.FULL, true);

    final AtomicLong now = new AtomicLong(1_800_000_000_000L);
    final InstantSource clock = () -> Instant.ofEpochMilli(now.get());
    final Keys keys = of(FULL, NEWS, REVOCABLE);
    final Revocations revocations = new Revocations();
    final Judge judge = new Judge(keys, revocations, clock);
    final AtomicLong count = new AtomicLong();
    final TokenDesk desk =
            new TokenDesk(keys, TokenTerms.USUAL, clock, () -> "u" + count.incrementAndGet());

    static Capability read(String text) {
        try {
            return Capability.parse(text);
        } catch (Denied denied) {
            throw new IllegalArgumentException(denied);
        }
    }

    private static AppKey key(String id, String secret, Capability capability, boolean revocable) {
        return new AppKey("app001", id, secret, capability, revocable);
    }

    private static Keys of(AppKey... keys) {
        var byName = Stream.of(keys).collect(toMap(AppKey::name, key -> key));
        return new Keys() {
            @Override
            public @Nullable AppKey key(String name) {
                return byName.get(name);
            }

            @Override
            public boolean knowsApp(String appId) {
                return List.of("app001").contains(appId);
            }
        };
    }

    /** With the key itself. */
    Access bearer(AppKey key) {
        return accepted(new Credentials.Key(key.name() + ":" + key.secret()), null);
    }

    Access accepted(Credentials credentials, @Nullable String clientId) {
        return switch (judge.judge(credentials, clientId)) {
            case Verdict.Accepted(var access) -> access;
            case Verdict.Refused(var error) -> throw new AssertionError(error.toString());
        };
    }

    int refusal(Credentials credentials, @Nullable String clientId) {
        return switch (judge.judge(credentials, clientId)) {
            case Verdict.Accepted(var access) -> throw new AssertionError(access.toString());
            case Verdict.Refused(var error) -> error.code();
        };
    }

    /** A token from the desk. */
    Credentials.Token token(AppKey key, Map<String, ?> request) throws Denied {
        var issued = desk.requestToken(key.name(), request, bearer(key));
        return new Credentials.Token((String) issued.get("token"));
    }
}
