package dev.fanfare.ably.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives tokens to those who ask for one in the name of a key. Any thread. */
public final class TokenDesk {
    /** How far the clock of whoever has the key may be from ours. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(2);

    private static final int SHORTEST_NONCE = 16;

    /** As long as a request from a fast clock is good. */
    private static final Duration REMEMBERED = CLOCK_SKEW.multipliedBy(2).plusSeconds(1);

    /** Requests of the last minutes whose repeats are known. */
    private static final int REMEMBERED_NONCES = 100_000;

    private record Nonce(String keyName, String text) {}

    private final Keys keys;
    private final TokenTerms terms;
    private final InstantSource clock;
    private final Supplier<String> unique;
    private final Cache<Nonce, Boolean> nonces;

    /**
     * @param unique a new, never repeated text
     */
    public TokenDesk(Keys keys, TokenTerms terms, InstantSource clock, Supplier<String> unique) {
        this.keys = keys;
        this.terms = terms;
        this.clock = clock;
        this.unique = unique;
        nonces =
                Caffeine.newBuilder()
                        .maximumSize(REMEMBERED_NONCES)
                        .expireAfterWrite(REMEMBERED)
                        .ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
                        .executor(Runnable::run)
                        .build();
    }

    /**
     * Answers {@code POST /keys/{keyName}/requestToken}.
     *
     * @param tree a {@link TokenRequest}
     * @param bearer who asks, where they have shown good credentials with the request
     * @return the token and what it says
     */
    public Map<String, Object> requestToken(String keyName, Map<?, ?> tree, @Nullable Access bearer)
            throws Denied {
        var request = TokenRequest.read(tree);
        var key = keys.require(keyName);
        if (request.keyName() != null && !request.keyName().equals(keyName)) {
            throw Denied.of(
                    40000, "keyName: %s (expected: %s)".formatted(request.keyName(), keyName));
        }
        if (request.mac() != null || !hasKey(bearer, keyName)) {
            check(request, key);
        }
        return issue(key, grant(key, request));
    }

    private static boolean hasKey(@Nullable Access bearer, String keyName) {
        return bearer != null && bearer.byKey() && bearer.keyName().equals(keyName);
    }

    /** Whether somebody who has the key has written this lately, and it has not been used. */
    private void check(TokenRequest request, AppKey key) throws Denied {
        if (!request.isSignedBy(key)) {
            throw Denied.of(40101, "mac: not made with the key");
        }
        long timestamp = number("timestamp", request.timestamp());
        if (Math.abs(clock.millis() - timestamp) > CLOCK_SKEW.toMillis()) {
            throw Denied.of(
                    40104,
                    "timestamp: %d (expected: at most two minutes from now)".formatted(timestamp));
        }
        var nonce = request.nonce();
        if (nonce == null || nonce.length() < SHORTEST_NONCE) {
            throw Denied.of(40105, "nonce: (expected: at least 16 characters)");
        }
        if (nonces.asMap().putIfAbsent(new Nonce(key.name(), nonce), true) != null) {
            throw Denied.of(40105, "nonce: used before");
        }
    }

    private Grant grant(AppKey key, TokenRequest request) throws Denied {
        var wanted = request.capability();
        var capability =
                wanted == null || wanted.isEmpty()
                        ? key.capability()
                        : key.capability().intersect(Capability.parse(wanted));
        if (capability.isEmpty()) {
            throw Denied.of(40160, "capability: nothing that key " + key.name() + " allows");
        }
        var clientId = request.clientId();
        long now = clock.millis();
        return new Grant(
                key,
                capability,
                clientId == null || clientId.isEmpty() ? null : clientId,
                new Access.Term(now, now + lifetime(key, request.ttl()).toMillis(), null));
    }

    private Duration lifetime(AppKey key, @Nullable String ttl) throws Denied {
        long asked = ttl == null || ttl.isEmpty() ? 0 : number("ttl", ttl);
        var longest = terms.longest(key);
        if (asked < 0 || asked > longest.toMillis()) {
            throw Denied.of(
                    40003, "ttl: %d (expected: 1 to %d)".formatted(asked, longest.toMillis()));
        }
        return asked == 0 ? terms.usual(key) : Duration.ofMillis(asked);
    }

    private static long number(String member, @Nullable String text) throws Denied {
        try {
            return Long.parseLong(String.valueOf(text));
        } catch (NumberFormatException e) {
            throw Denied.of(40000, "%s: %s (expected: milliseconds)".formatted(member, text));
        }
    }

    private Map<String, Object> issue(AppKey key, Grant grant) {
        var issued = new LinkedHashMap<String, Object>();
        issued.put("token", OwnToken.write(grant, unique.get()));
        issued.put("keyName", key.name());
        issued.put("issued", grant.term().issuedAt());
        issued.put("expires", grant.term().expiresAt());
        issued.put("capability", grant.capability().text());
        var clientId = grant.clientId();
        if (clientId != null) {
            issued.put("clientId", clientId);
        }
        return issued;
    }
}
