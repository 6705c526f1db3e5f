package dev.fanfare.brokers.redis;

import dev.fanfare.core.broker.BrokerListener;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.Publication;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what comes on the topics of channels to the broker's listener. What cannot be read is
 * passed over: whoever counts on having all sees the gap. Any thread may add and remove.
 */
final class Hearing implements Servers.Ear {
    /** A channel that somebody on this node listens to. */
    private static final class Heard {
        private final Channel channel;

        /** The last one seen, so that its next publications share it. */
        private volatile String epoch = "";

        Heard(Channel channel) {
            this.channel = channel;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Hearing.class);

    private final Map<String, Heard> heard = new ConcurrentHashMap<>();
    private volatile BrokerListener listener = publication -> {};

    /** Before anything is added. */
    void start(BrokerListener first) {
        listener = first;
    }

    void add(String topic, Channel channel) {
        heard.putIfAbsent(topic, new Heard(channel));
    }

    void remove(String topic) {
        heard.remove(topic);
    }

    @Override
    public void onMessage(String topic, byte[] note) {
        var from = heard.get(topic);
        if (from == null) {
            return; // nobody listens any more
        }
        if (NoteCodec.isPublication(note)) {
            handPublication(from, note);
        } else {
            handMembership(from, note);
        }
    }

    private void handPublication(Heard from, byte[] note) {
        Publication publication;
        try {
            publication = NoteCodec.publication(from.channel, note, from.epoch);
        } catch (IllegalArgumentException unreadable) {
            passOver(from, unreadable);
            return;
        }
        var position = publication.position();
        if (position.isKnown() && !from.epoch.equals(position.epoch())) {
            from.epoch = position.epoch();
        }
        listener.onPublication(publication);
    }

    private void handMembership(Heard from, byte[] note) {
        Membership membership;
        try {
            membership = NoteCodec.membership(note);
        } catch (IllegalArgumentException unreadable) {
            passOver(from, unreadable);
            return;
        }
        listener.onMembership(from.channel, membership);
    }

    private static void passOver(Heard from, IllegalArgumentException unreadable) {
        LOG.warn("{}: passed over what came: {}", from.channel, unreadable.getMessage());
    }

    @Override
    public void onInterruption(Collection<String> topics) {
        var channels =
                topics.stream()
                        .map(heard::get)
                        .filter(Objects::nonNull)
                        .map(each -> each.channel)
                        .toList();
        if (!channels.isEmpty()) {
            listener.onInterruption(channels);
        }
    }
}
