package dev.fanfare.ably.access;

import dev.fanfare.ably.access.Revocation.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Which tokens are no longer good, though they have not expired. In memory, and each only as long
 * as a token that it covers could live. Any thread.
 */
public final class Revocations {
    /** Tokens that can be revoked live no longer. */
    public static final Duration LONGEST_TOKEN = Duration.ofHours(1);

    private record Meant(String keyName, Target target) {}

    private final Map<Meant, List<Revocation>> all = new ConcurrentHashMap<>();
    private final List<Consumer<Revocation>> listeners = new CopyOnWriteArrayList<>();

    /** It hears of each as soon as it is known, which may be before it applies. */
    public void listen(Consumer<Revocation> listener) {
        listeners.add(listener);
    }

    /** Whether the token that somebody came with is no longer good. */
    public boolean cover(Access access, long now) {
        if (access.byKey() || all.isEmpty()) {
            return false;
        }
        return Target.of(access)
                .map(target -> all.getOrDefault(new Meant(access.keyName(), target), List.of()))
                .flatMap(List::stream)
                .anyMatch(each -> each.appliesAt() <= now && each.covers(access));
    }

    void add(Revocation revocation, long now) {
        all.values().removeIf(known -> known.stream().allMatch(each -> isOver(each, now)));
        all.merge(
                new Meant(revocation.keyName(), revocation.target()),
                List.of(revocation),
                (known, added) -> both(known, revocation));
        listeners.forEach(listener -> listener.accept(revocation));
    }

    /** Targets that are known at the moment. */
    int size() {
        return all.size();
    }

    private static boolean isOver(Revocation revocation, long now) {
        return revocation.issuedBefore() + LONGEST_TOKEN.toMillis() <= now;
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
