package dev.fanfare.protocols.ably;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client says in one protocol message. Channel names are as it wrote them: unchecked. */
public sealed interface Incoming {
    /**
     * @param id null: the client only keeps the line open
     */
    record Heartbeat(@Nullable String id) implements Incoming {}

    /**
     * @param flags as bits; see {@link Flag}
     * @param channelSerial up to where it has heard the channel; null: nothing
     */
    record Attach(
            String channel, long flags, Map<String, String> params, @Nullable String channelSerial)
            implements Incoming {
        public Attach {
            params = Map.copyOf(params);
        }
    }

    record Detach(String channel) implements Incoming {}

    /**
     * @param id of the protocol message: its messages without an id have this one and their index
     */
    record Publish(
            long msgSerial,
            String channel,
            @Nullable String id,
            List<WireMessage> messages,
            Map<String, String> params)
            implements Incoming {
        public Publish {
            messages = List.copyOf(messages);
            params = Map.copyOf(params);
        }
    }

    record Presence(long msgSerial, String channel, List<WirePresence> members)
            implements Incoming {
        public Presence {
            members = List.copyOf(members);
        }
    }

    /** The members, please. */
    record Sync(String channel) implements Incoming {}

    record Auth(String accessToken) implements Incoming {}

    record Close() implements Incoming {}

    /** The client drops this transport, and may come back. */
    record Disconnect() implements Incoming {}

    /**
     * Something that cannot be done, as nobody can read all of it, or it is of a protocol that goes
     * further than this one.
     *
     * @param msgSerial of what wants an answer; −1: nothing does
     */
    record Refused(long msgSerial, ErrorInfo why) implements Incoming {}
}
