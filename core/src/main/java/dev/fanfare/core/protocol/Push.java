package dev.fanfare.core.protocol;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import org.jspecify.annotations.Nullable;

/** What the server says unasked. */
public sealed interface Push extends Output {
    record Published(Publication publication) implements Push {}

    /**
     * A publication for a subscriber that can do with what has changed.
     *
     * @param base what it was sent before; null: it must get the publication whole
     */
    record Delta(Publication publication, @Nullable Publication base) implements Push {
        /** Whole as well, unless the publisher, or the channel, will have it otherwise. */
        public static Delta after(@Nullable Publication last, Publication publication) {
            return new Delta(publication, publication.message().delta() ? last : null);
        }
    }

    /**
     * The server has subscribed the connection; what it hears next comes after the start of the
     * terms.
     */
    record Subscribed(Channel channel, Reply.Subscribed.Terms terms) implements Push {}

    /**
     * Publications of the channel are lost to this client; the next one it hears comes after {@code
     * position}.
     */
    record Gap(Channel channel, StreamPosition position) implements Push {}

    /**
     * Somebody has come to the channel, has changed there, or has left it.
     *
     * @param position up to where the subscriber has heard the channel; {@link StreamPosition#NONE}
     *     where that is not told
     */
    record Member(Channel channel, Membership membership, StreamPosition position) implements Push {
        public Member(Channel channel, Membership membership) {
            this(channel, membership, StreamPosition.NONE);
        }

        /** The same, told to who has heard the channel up to there. */
        public Member at(StreamPosition heard) {
            return new Member(channel, membership, heard);
        }
    }

    /**
     * The connection goes on with other credentials.
     *
     * @param ttl seconds until they end; 0: never
     */
    record Refreshed(long ttl) implements Push {}

    /** The server ends the subscription. */
    record Unsubscribed(Channel channel, Unsubscribe why) implements Push {}

    /**
     * Are you there? A two-way transport expects a sign of life, a one-way transport just keeps the
     * line open.
     */
    record Ping() implements Push {}

    /** A message for this client alone, in the words of whoever it comes from. */
    record Message(Payload payload) implements Push {}

    /** The connection ends after this, on transports whose closing cannot say why. */
    record Disconnected(Disconnect disconnect) implements Push {}
}
