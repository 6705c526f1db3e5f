package dev.fanfare.ably.realtime;

import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.protocols.ably.Serials;

/** From where a client wants to hear a channel. */
sealed interface Start {
    /** What is published from now on. */
    record Now() implements Start {}

    /** Some of what was published, first. */
    record Back(Rewind rewind) implements Start {}

    /** Everything after what it has heard. */
    record After(StreamPosition position) implements Start {}

    /** Everything after a place that is none of ours: it can only be told so. */
    record Lost() implements Start {}

    /**
     * @param channelSerial up to where it has heard the channel
     */
    static Start after(String channelSerial) {
        var position = Serials.position(channelSerial);
        return position == null ? new Lost() : after(position);
    }

    /** Where nothing is kept there is no place to come back to. */
    private static Start after(StreamPosition position) {
        return position.isKnown() ? new After(position) : new Lost();
    }
}
