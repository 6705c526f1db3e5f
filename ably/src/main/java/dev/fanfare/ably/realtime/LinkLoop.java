package dev.fanfare.ably.realtime;

import dev.fanfare.core.hub.HubShard;
import dev.fanfare.protocols.ably.ErrorInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections of one application on one event loop. Everything but {@link #post} belongs to
 * that loop. There is no timer per connection: whoever owns the loop calls {@link #sweep} once or
 * twice a second.
 */
final class LinkLoop {
    private final HubShard shard;
    private final List<Link> links = new ArrayList<>();
    private final AtomicInteger coming = new AtomicInteger();
    private boolean inTurn;

    LinkLoop(HubShard shard) {
        this.shard = shard;
    }

    HubShard shard() {
        return shard;
    }

    /** With a transport and without, and those on their way here. */
    int size() {
        return links.size() + coming.get();
    }

    /** Any thread: another one is on its way here. */
    void expect() {
        coming.incrementAndGet();
    }

    /** One that was on its way is here, or has ended. */
    void arrived() {
        coming.decrementAndGet();
    }

    /** Any thread: does it on the loop, as a turn of its own. */
    void post(Runnable task) {
        shard.loop().execute(() -> turn(task));
    }

    /** Does it now, then flushes every transport it touched. */
    void turn(Runnable task) {
        if (inTurn) {
            task.run();
            return;
        }
        inTurn = true;
        try {
            task.run();
        } finally {
            inTurn = false;
            shard.flush();
        }
    }

    /** Looks after every connection. */
    void sweep(long now) {
        turn(
                () -> {
                    for (int index = links.size() - 1; index >= 0; index--) {
                        links.get(index).sweep(now);
                    }
                });
    }

    /** Ends so many connections, the newest first. */
    void end(int count, ErrorInfo why) {
        turn(
                () -> {
                    int kept = Math.max(0, links.size() - count);
                    for (int index = links.size() - 1; index >= kept; index--) {
                        links.get(index).giveUp(why);
                    }
                });
    }

    void add(Link link) {
        link.slot = links.size();
        links.add(link);
    }

    /** One that is on its way elsewhere is not there. */
    void remove(Link link) {
        if (link.slot < 0) {
            return;
        }
        var last = links.removeLast();
        if (!last.equals(link)) {
            links.set(link.slot, last);
            last.slot = link.slot;
        }
        link.slot = -1;
    }
}
