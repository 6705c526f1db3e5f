package dev.fanfare.core.channel;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.model.StreamPosition;

/** What became of a {@link Draft}. */
public sealed interface PublishOutcome {
    /**
     * @param repeated nothing was delivered: the id was known, and this is what the first publish
     *     was answered; or the channel had reached the version, and this is where it stands
     */
    record Accepted(Channel channel, String id, StreamPosition position, boolean repeated)
            implements PublishOutcome {}

    record Refused(Refusal refusal) implements PublishOutcome {}
}
