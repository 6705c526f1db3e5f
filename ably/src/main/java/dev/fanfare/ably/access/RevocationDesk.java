package dev.fanfare.ably.access;

import dev.fanfare.ably.access.Revocation.Target;
import dev.fanfare.protocols.ably.ErrorInfo;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Revokes tokens for those who have the key that they were made with. Any thread. */
public final class RevocationDesk {
    /** How long clients have to come with another token, where that is asked for. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private static final int MOST_TARGETS = 100;

    private static final String TARGET = "target";
    private static final ErrorInfo UNKNOWN_TARGET =
            ErrorInfo.of(40000, "target: (expected: clientId:…, revocationKey:… or channel:…)");

    /** Who makes it known. */
    @FunctionalInterface
    public interface Telling {
        /**
         * @return completes when everybody who judges tokens knows it
         */
        CompletionStage<Void> revoke(List<Revocation> revocations);
    }

    private final Keys keys;
    private final Telling telling;
    private final InstantSource clock;

    public RevocationDesk(Keys keys, Telling telling, InstantSource clock) {
        this.keys = keys;
        this.telling = telling;
        this.clock = clock;
    }

    /**
     * Answers {@code POST /keys/{keyName}/revokeTokens}.
     *
     * @param tree {@code targets}, {@code issuedBefore}, {@code allowReauthMargin}
     * @return how many targets there were, good and bad, and what became of each
     */
    public CompletionStage<Map<String, Object>> revokeTokens(
            String keyName, Map<?, ?> tree, @Nullable Access bearer) throws Denied {
        if (bearer == null || !bearer.byKey() || !bearer.keyName().equals(keyName)) {
            throw Denied.of(40162, "tokens are revoked with the key that they were made with");
        }
        if (!keys.require(keyName).revocableTokens()) {
            throw Denied.of(40000, "key: " + keyName + " (expected: one with revocable tokens)");
        }
        var targets = targets(tree.get("targets"));
        long now = clock.millis();
        long issuedBefore = issuedBefore(tree.get("issuedBefore"), now);
        boolean margin = Boolean.TRUE.equals(tree.get("allowReauthMargin"));
        long appliesAt = margin ? now + MARGIN.toMillis() : now;
        var revocations =
                targets.stream()
                        .map(Target::parse)
                        .filter(Objects::nonNull)
                        .map(target -> new Revocation(keyName, target, issuedBefore, appliesAt))
                        .toList();
        var answer =
                Map.of(
                        "successCount",
                        revocations.size(),
                        "failureCount",
                        targets.size() - revocations.size(),
                        "results",
                        targets.stream()
                                .map(text -> result(text, issuedBefore, appliesAt))
                                .toList());
        return telling.revoke(revocations).thenApply(done -> answer);
    }

    private static Map<String, Object> result(String text, long issuedBefore, long appliesAt) {
        return Target.parse(text) == null
                ? Map.of(TARGET, text, "error", UNKNOWN_TARGET)
                : Map.of(TARGET, text, "issuedBefore", issuedBefore, "appliesAt", appliesAt);
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
}
