package dev.fanfare.core.channel;

import dev.fanfare.core.broker.Broker;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.Unavailable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * News of members that is told again until it is told. Of each member only the newest is: nobody
 * hears late what is no longer true. Any thread; there is no timer here.
 */
final class Announcements {
    private static final long RETRY_MILLIS = 1_000;

    private record Member(Channel channel, String client) {}

    /** Equal only to itself: the same may be news again. */
    private static final class News {
        private final Membership membership;
        private volatile boolean underWay = true;

        News(Membership membership) {
            this.membership = membership;
        }
    }

    private final Broker broker;
    private final ConcurrentMap<Member, News> untold = new ConcurrentHashMap<>();
    private final AtomicLong due = new AtomicLong();

    Announcements(Broker broker) {
        this.broker = broker;
    }

    void tell(Channel channel, Membership membership) {
        var member = new Member(channel, membership.client().client());
        var news = new News(membership);
        untold.put(member, news);
        tell(member, news);
    }

    /** Something else is told about this one, or nothing any more. */
    void forget(Channel channel, ClientInfo client) {
        untold.remove(new Member(channel, client.client()));
    }

    /** Tells again what could not be told, about once a second however often it is called. */
    void sweep(long now) {
        long time = due.get();
        if (untold.isEmpty() || now < time || !due.compareAndSet(time, now + RETRY_MILLIS)) {
            return;
        }
        untold.forEach(
                (member, news) -> {
                    if (!news.underWay) {
                        news.underWay = true;
                        tell(member, news);
                    }
                });
    }

    private void tell(Member member, News news) {
        var _ =
                broker.announce(member.channel(), news.membership)
                        .whenComplete(
                                (nothing, failure) -> {
                                    if (Unavailable.isCauseOf(failure)) {
                                        news.underWay = false;
                                    } else {
                                        untold.remove(member, news);
                                    }
                                });
    }
}
