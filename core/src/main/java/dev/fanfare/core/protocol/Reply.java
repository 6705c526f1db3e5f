package dev.fanfare.core.protocol;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.model.StreamPosition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the server answers to a {@link Command}. */
public sealed interface Reply {
    /**
     * The client is in.
     *
     * @param ttl seconds until it has to refresh its token; 0: never
     * @param ping seconds between pings in the protocol's own words; 0: it gets none
     * @param channels that it has from the beginning
     * @param place null where nothing but the connection itself leads to the session
     * @param time the server's, in milliseconds since 1970; 0: it is not told
     */
    record Connected(
            String client,
            long ttl,
            long ping,
            List<Subscribed> channels,
            @Nullable Place place,
            long time)
            implements Reply {
        public Connected {
            channels = List.copyOf(channels);
        }

        /**
         * How other requests of the client find its session.
         *
         * @param node that has it
         * @param session its secret name: who knows it may speak for the client
         */
        public record Place(String node, String session) {}
    }

    /**
     * @param ttl as in {@link Connected}
     */
    record Refreshed(String client, long ttl) implements Reply {}

    /**
     * @param ttl as in {@link Subscribed.Terms}
     */
    record SubscriptionRefreshed(long ttl) implements Reply {}

    record Pong() implements Reply {}

    /**
     * @param position the stream's top for a new subscription, where the client stands after the
     *     replay for a recovered one; {@link StreamPosition#NONE} without history
     * @param missed what the client missed, in order; it reads these before anything that follows
     */
    record Subscribed(
            Channel channel,
            StreamPosition position,
            Recovery recovery,
            List<Publication> missed,
            Terms terms)
            implements Reply {
        public Subscribed {
            missed = List.copyOf(missed);
        }

        /**
         * What the client may count on.
         *
         * @param start where it stands before {@code missed}
         * @param positioned it will be told when it has missed something
         * @param recoverable it can continue where it leaves off
         * @param delta it gets differences where there are any
         * @param ttl seconds until it has to refresh its token for the channel; 0: never
         * @param data for the client, from whoever let it in; {@link Payload#NONE}: nothing
         */
        public record Terms(
                StreamPosition start,
                boolean positioned,
                boolean recoverable,
                boolean delta,
                long ttl,
                Payload data) {}
    }

    record Unsubscribed(String channel) implements Reply {}

    /**
     * @param position where the message stands, {@link StreamPosition#NONE} without history
     */
    record Published(Channel channel, String id, StreamPosition position) implements Reply {}

    /**
     * @param members by client id
     */
    record Members(Channel channel, Map<String, ClientInfo> members) implements Reply {
        public Members {
            members = Map.copyOf(members);
        }
    }

    record Stats(int clients, int users) implements Reply {}

    record Past(Channel channel, dev.fanfare.core.model.History history) implements Reply {}

    record Failed(Refusal refusal) implements Reply {}
}
