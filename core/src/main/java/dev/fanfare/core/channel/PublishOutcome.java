package dev.fanfare.core.channel;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.model.StreamPosition;

/** What became of a {@link Draft}. */
public sealed interface PublishOutcome {
    /**
     * @param repeated the id was known: nothing was delivered, and this is what the first publish
     *     was answered
     */
    record Accepted(Channel channel, String id, StreamPosition position, boolean repeated)
            implements PublishOutcome {}

    record Refused(Refusal refusal) implements PublishOutcome {}
}
