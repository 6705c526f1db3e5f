package dev.fanfare.server.transport;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.server.config.ServerConfig.Limits.Connections;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts connections and says when there are enough of them. Any thread. */
public final class ConnectionLimits {
    private final Connections rule;
    private final InstantSource clock;
    private final AtomicInteger total = new AtomicInteger();
    private final ConcurrentMap<String, Integer> perUser = new ConcurrentHashMap<>();
    private final Object lock = new Object();

    @GuardedBy("lock")
    private long second;

    @GuardedBy("lock")
    private int inSecond;

    public ConnectionLimits(Connections rule, InstantSource clock) {
        this.rule = rule;
        this.clock = clock;
    }

    /** One more connection, if its {@link #leave} is called when it has gone; otherwise why not. */
    @Nullable Refusal enter(String user) {
        if (total.incrementAndGet() > rule.total()) {
            total.decrementAndGet();
            return tooMany("connections", rule.total());
        }
        var refusal = isTooFast() ? tooFast() : enterUser(user);
        if (refusal != null) {
            total.decrementAndGet();
        }
        return refusal;
    }

    void leave(String user) {
        total.decrementAndGet();
        if (countsUsers(user)) {
            perUser.computeIfPresent(user, (key, count) -> count == 1 ? null : count - 1);
        }
    }

    public int total() {
        return total.get();
    }

    /** A connection that is counted already turns out to be this user's. */
    @Nullable Refusal enterUser(String user) {
        if (!countsUsers(user) || perUser.merge(user, 1, Integer::sum) <= rule.perUser()) {
            return null;
        }
        perUser.computeIfPresent(user, (key, count) -> count - 1);
        return tooMany("connections of this user", rule.perUser());
    }

    private boolean countsUsers(String user) {
        return rule.perUser() < Integer.MAX_VALUE && !user.isEmpty();
    }

    private boolean isTooFast() {
        if (rule.perSecond() == Integer.MAX_VALUE) {
            return false;
        }
        long now = clock.millis() / 1000;
        synchronized (lock) {
            if (now != second) {
                second = now;
                inSecond = 0;
            }
            return ++inSecond > rule.perSecond();
        }
    }

    private static Refusal tooMany(String what, int limit) {
        return new Refusal(ErrorCode.LIMIT_EXCEEDED, what, "one more", "at most " + limit);
    }

    private Refusal tooFast() {
        return new Refusal(
                ErrorCode.TOO_MANY_REQUESTS,
                "connections in this second",
                "one more",
                "at most " + rule.perSecond());
    }
}
