package dev.fanfare.core.session;

import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.StreamPosition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds subscriptions that have stopped hearing their channel without knowing it: every so often
 * the tops of the channels of one event loop are read, once each, and whoever has not got there by
 * the next sweep catches up. To be wrong about one does no harm. Lives on that loop.
 */
final class PositionCheck {
    /** Channels that are read in one sweep: their reads must not keep others waiting. */
    private static final int SHARE = 500;

    private final SessionLoop loop;
    private final Duration interval;
    private final ArrayDeque<ResolvedChannel> due = new ArrayDeque<>();
    private final Map<Channel, StreamPosition> tops = new HashMap<>();
    private long next;

    /**
     * @param interval between two checks
     */
    PositionCheck(SessionLoop loop, Duration interval) {
        this.loop = loop;
        this.interval = interval;
        next = loop.now() + interval.toMillis();
    }

    void sweep(List<Session> sessions, long now) {
        if (!tops.isEmpty()) {
            compare(List.copyOf(sessions));
            tops.clear();
        }
        if (now >= next) {
            next = now + interval.toMillis();
            due.clear();
            due.addAll(positioned(sessions));
        }
        for (int left = SHARE; left > 0 && !due.isEmpty(); left--) {
            read(due.remove());
        }
    }

    private void compare(List<Session> sessions) {
        for (var session : sessions) {
            for (var subscription : List.copyOf(session.subscriptions().all())) {
                var top = tops.get(subscription.channel());
                var position = subscription.livePosition();
                if (top != null
                        && position != null
                        && subscription.isPositioned()
                        && !position.covers(top)) {
                    subscription.fallBack();
                }
            }
        }
    }

    private void read(ResolvedChannel channel) {
        loop.then(
                loop.channels().history(channel, HistoryQuery.TOP),
                (history, failure) -> {
                    if (history != null) {
                        tops.put(channel.channel(), history.top());
                    }
                });
    }

    private static Collection<ResolvedChannel> positioned(List<Session> sessions) {
        var channels = new HashMap<Channel, ResolvedChannel>();
        for (var session : sessions) {
            for (var subscription : session.subscriptions().all()) {
                if (subscription.isPositioned()) {
                    channels.put(subscription.channel(), subscription.resolved());
                }
            }
        }
        return channels.values();
    }
}
