package dev.fanfare.client.jdbc;

import dev.fanfare.client.RealtimeException.Code;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What has been read of one channel: the first entry is under way, or waits for its next attempt;
 * the others wait for the first. On the relay's thread only.
 */
final class Lane {
    private sealed interface State {
        record Ready() implements State {}

        record UnderWay() implements State {}

        record Resting(long until, Code why) implements State {}
    }

    private final Queue<Entry> entries = new ArrayDeque<>();
    private State state = new State.Ready();
    private int failures;

    void add(Entry entry) {
        entries.add(entry);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    int size() {
        return entries.size();
    }

    boolean isUnderWay() {
        return state instanceof State.UnderWay;
    }

    /** What is to be sent now, and is under way then; null: nothing. */
    @Nullable Entry next(long now) {
        boolean mayGo =
                state instanceof State.Ready
                        || (state instanceof State.Resting rest && now - rest.until >= 0);
        var entry = mayGo ? entries.peek() : null;
        if (entry != null) {
            state = new State.UnderWay();
        }
        return entry;
    }

    /** The first entry is done with. */
    void goOn() {
        entries.remove();
        failures = 0;
        state = new State.Ready();
    }

    /**
     * The first entry is to be sent again.
     *
     * @return how often it has failed
     */
    int fail() {
        return ++failures;
    }

    /** Meanwhile the others need no memory: they are read again when the first is done with. */
    void rest(long until, Code why) {
        forgetOthers();
        state = new State.Resting(until, why);
    }

    /** The server can be reached: who waited for that alone need not wait longer. */
    void serverIsBack() {
        if (state instanceof State.Resting rest
                && (rest.why == Code.UNREACHABLE || rest.why == Code.TIMEOUT)) {
            state = new State.Ready();
        }
    }

    /** Whoever drains then reads the others again. */
    void forgetOthers() {
        var first = entries.remove();
        entries.clear();
        entries.add(first);
    }

    /** Until it may be sent again; null where it does not rest. */
    @Nullable Duration pause(long now) {
        return state instanceof State.Resting rest
                ? Duration.ofNanos(Math.max(0, rest.until - now))
                : null;
    }
}
