package dev.fanfare.core.model;

import org.jspecify.annotations.Nullable;

/**
 * Which kept publications are wanted.
 *
 * @param since only what lies after it (before it, when reversed); its epoch is not checked by the
 *     broker: compare it with the answer's top. Null: from the oldest (the newest, when reversed)
 * @param limit at most so many; 0 asks for the top position alone
 * @param reverse newest first
 */
public record HistoryQuery(@Nullable StreamPosition since, int limit, boolean reverse) {
    public static final HistoryQuery TOP = new HistoryQuery(null, 0, false);
    public static final HistoryQuery NEWEST = new HistoryQuery(null, 1, true);

    public HistoryQuery {
        if (limit < 0) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 0 or more)");
        }
    }

    /** The same for no more than so many. */
    public HistoryQuery atMost(int most) {
        return limit <= most ? this : new HistoryQuery(since, most, reverse);
    }

    public static HistoryQuery after(StreamPosition since, int limit) {
        return new HistoryQuery(since, limit, false);
    }
}
