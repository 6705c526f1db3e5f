package dev.fanfare.protocols.ably;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the server says in one protocol message. */
public sealed interface Outgoing {
    /**
     * @param id of the heartbeat that this one answers; null: unasked
     */
    record Heartbeat(@Nullable String id) implements Outgoing {}

    /**
     * Protocol messages from {@code msgSerial} on are taken.
     *
     * @param serials of the messages of each, so many as are acknowledged
     */
    record Ack(long msgSerial, List<List<String>> serials) implements Outgoing {
        public Ack {
            serials = List.copyOf(serials);
        }
    }

    record Nack(long msgSerial, int count, ErrorInfo error) implements Outgoing {}

    /**
     * @param error why this is not the connection that the client wanted to continue; null: it is,
     *     or it wanted none
     */
    record Connected(String connectionId, ConnectionDetails details, @Nullable ErrorInfo error)
            implements Outgoing {}

    record Disconnected(ErrorInfo error) implements Outgoing {}

    record Closed() implements Outgoing {}

    /**
     * @param channel that is over; null: the connection is
     */
    record Failed(@Nullable String channel, ErrorInfo error) implements Outgoing {}

    /**
     * @param flags as bits; see {@link Flag}
     * @param error what is lost to the client, or could not be done; null: nothing
     */
    record Attached(
            String channel,
            String channelSerial,
            long flags,
            Map<String, String> params,
            @Nullable ErrorInfo error)
            implements Outgoing {
        public Attached {
            params = Map.copyOf(params);
        }
    }

    record Detached(String channel, @Nullable ErrorInfo error) implements Outgoing {}

    /**
     * @param channelSerial null where none of them is kept
     */
    record Messages(String channel, @Nullable String channelSerial, List<WireMessage> messages)
            implements Outgoing {
        public Messages {
            messages = List.copyOf(messages);
        }
    }

    /**
     * @param channelSerial null where the channel keeps none
     */
    record Presence(String channel, @Nullable String channelSerial, List<WirePresence> members)
            implements Outgoing {
        public Presence {
            members = List.copyOf(members);
        }
    }

    /**
     * @param cursor of the part that follows; empty: this is the last
     */
    record Sync(String channel, String sequence, String cursor, List<WirePresence> members)
            implements Outgoing {
        public Sync {
            members = List.copyOf(members);
        }
    }

    /** Another token, please: this one is about to end. */
    record Auth() implements Outgoing {}

    /**
     * What a client may count on.
     *
     * @param clientId {@code *}: any it names; null: it has none
     * @param stateTtl how long the connection can be continued without a transport, in milliseconds
     * @param maxIdle how long the line is silent at most, in milliseconds
     */
    record ConnectionDetails(
            String connectionKey,
            @Nullable String clientId,
            int maxMessageSize,
            int maxFrameSize,
            long stateTtl,
            long maxIdle,
            String serverId) {}
}
