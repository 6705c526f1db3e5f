package dev.fanfare.core.channel;

import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Version;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message somebody wants published, unchecked.
 *
 * @param id a repeat of it within the idempotency window is the same message; null: every publish
 *     is new
 * @param event the event's name; null: the payload names none
 */
public record Draft(
        String channel,
        @Nullable String id,
        @Nullable String event,
        Payload payload,
        Audience audience,
        Terms terms) {

    /** On the usual terms. */
    public Draft(
            String channel,
            @Nullable String id,
            @Nullable String event,
            Payload payload,
            Audience audience) {
        this(channel, id, event, payload, audience, Terms.USUAL);
    }

    /**
     * How it is to be published.
     *
     * @param tags what subscribers can choose by
     * @param delta it may travel as its difference to the message before
     * @param skipsHistory it is not kept, and has no position
     * @param version the channel takes it only if it has reached none as high; null: it has none
     */
    public record Terms(
            Map<String, String> tags,
            boolean delta,
            boolean skipsHistory,
            @Nullable Version version) {
        public static final Terms USUAL = new Terms(Map.of(), false, false, null);

        public Terms {
            tags = Map.copyOf(tags);
        }
    }
}
