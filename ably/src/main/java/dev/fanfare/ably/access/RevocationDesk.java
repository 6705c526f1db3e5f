package dev.fanfare.ably.access;

import dev.fanfare.ably.access.Revocation.Target;
import dev.fanfare.protocols.ably.ErrorInfo;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Revokes tokens for those who have the key that they were made with. Any thread. */
public final class RevocationDesk {
    /** How long clients have to come with another token, where that is asked for. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private static final int MOST_TARGETS = 100;

    private static final String TARGET = "target";
    private static final String ERROR = "error";
    private static final ErrorInfo UNKNOWN_TARGET =
            ErrorInfo.of(40000, "target: (expected: clientId:…, revocationKey:… or channel:…)");

    private final Keys keys;
    private final Revocations revocations;
    private final InstantSource clock;

    public RevocationDesk(Keys keys, Revocations revocations, InstantSource clock) {
        this.keys = keys;
        this.revocations = revocations;
        this.clock = clock;
    }

    /**
     * Answers {@code POST /keys/{keyName}/revokeTokens}.
     *
     * @param tree {@code targets}, {@code issuedBefore}, {@code allowReauthMargin}
     * @return how many targets there were, good and bad, and what became of each
     */
    public Map<String, Object> revokeTokens(String keyName, Map<?, ?> tree, @Nullable Access bearer)
            throws Denied {
        if (bearer == null || !bearer.byKey() || !bearer.keyName().equals(keyName)) {
            throw Denied.of(40162, "tokens are revoked with the key that they were made with");
        }
        if (!keys.require(keyName).revocableTokens()) {
            throw Denied.of(40000, "key: " + keyName + " (expected: one with revocable tokens)");
        }
        long now = clock.millis();
        long issuedBefore = issuedBefore(tree.get("issuedBefore"), now);
        boolean margin = Boolean.TRUE.equals(tree.get("allowReauthMargin"));
        var results =
                targets(tree.get("targets")).stream()
                        .map(
                                text ->
                                        revoke(
                                                keyName,
                                                text,
                                                issuedBefore,
                                                margin ? now + MARGIN.toMillis() : now))
                        .toList();
        long failures = results.stream().filter(result -> result.containsKey(ERROR)).count();
        return Map.of(
                "successCount",
                results.size() - failures,
                "failureCount",
                failures,
                "results",
                results);
    }

    private static long issuedBefore(@Nullable Object given, long now) throws Denied {
        if (given == null) {
            return now;
        }
        if (given instanceof Number number && number.longValue() <= now) {
            return number.longValue();
        }
        throw Denied.of(
                40000,
                "issuedBefore: %s (expected: milliseconds since 1970, until now)".formatted(given));
    }

    private static List<String> targets(@Nullable Object given) throws Denied {
        if (given instanceof List<?> all && !all.isEmpty() && all.size() <= MOST_TARGETS) {
            return all.stream().map(String::valueOf).toList();
        }
        throw Denied.of(
                40000,
                "targets: (expected: 1 to " + MOST_TARGETS + ", for example clientId:peter)");
    }

    private Map<String, Object> revoke(
            String keyName, String text, long issuedBefore, long appliesAt) {
        var target = Target.parse(text);
        if (target == null) {
            return Map.of(TARGET, text, ERROR, UNKNOWN_TARGET);
        }
        revocations.add(new Revocation(keyName, target, issuedBefore, appliesAt), clock.millis());
        return Map.of(TARGET, text, "issuedBefore", issuedBefore, "appliesAt", appliesAt);
    }
}
