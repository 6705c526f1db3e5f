package dev.fanfare.ably.access;

import dev.fanfare.ably.access.Revocation.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Which tokens this node knows to be no longer good, though they have not expired. In memory, and
 * each only as long as a token that it covers could live. Any thread.
 */
public final class Revocations implements RevocationDesk.Telling {
    /** Tokens that can be revoked live no longer. */
    public static final Duration LONGEST_TOKEN = Duration.ofHours(1);

    /** Longer than any of these tokens, whatever its node takes for the time. */
    private static final Duration REMEMBERED = LONGEST_TOKEN.plusMinutes(1);

    private static final long NEVER = Long.MAX_VALUE;

    private record Meant(String keyName, Target target) {}

    private final Map<Meant, List<Revocation>> all = new ConcurrentHashMap<>();

    /** Whether the token that somebody came with is no longer good. */
    public boolean cover(Access access, long now) {
        return end(access) <= now;
    }

    /**
     * From when on the token that somebody came with is not good, in milliseconds since 1970;
     * {@link Long#MAX_VALUE}: it is not revoked.
     */
    public long end(Access access) {
        if (access.byKey() || all.isEmpty()) {
            return NEVER;
        }
        return Target.of(access)
                .map(target -> all.getOrDefault(new Meant(access.keyName(), target), List.of()))
                .flatMap(List::stream)
                .filter(revocation -> revocation.covers(access))
                .mapToLong(Revocation::appliesAt)
                .min()
                .orElse(NEVER);
    }

    /** Nobody else is told. */
    @Override
    public CompletionStage<Void> revoke(List<Revocation> revocations) {
        revocations.forEach(this::add);
        return CompletableFuture.completedFuture(null);
    }

    private void add(Revocation revocation) {
        long now = revocation.appliesAt();
        all.values().removeIf(known -> known.stream().allMatch(each -> isOver(each, now)));
        all.merge(
                new Meant(revocation.keyName(), revocation.target()),
                List.of(revocation),
                (known, added) -> both(known, revocation));
    }

    /** Targets that are known at the moment. */
    int size() {
        return all.size();
    }

    private static boolean isOver(Revocation revocation, long now) {
        return revocation.issuedBefore() + REMEMBERED.toMillis() <= now;
    }

    /** Without those that say nothing beside the last one. */
    private static List<Revocation> both(List<Revocation> known, Revocation last) {
        var needed =
                known.stream()
                        .filter(
                                each ->
                                        each.issuedBefore() > last.issuedBefore()
                                                || each.appliesAt() < last.appliesAt());
        return Stream.concat(needed, Stream.of(last)).toList();
    }
}
