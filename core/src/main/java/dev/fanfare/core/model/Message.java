package dev.fanfare.core.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher says: the payload, the event it carries (null: none), and who is to hear it. A
 * {@link Publication} is a message with its place in a channel.
 *
 * @param id unique among the channel's recent messages; a repeat of it is the same message
 * @param publisher the client that published; null for a backend
 * @param tags what subscribers can choose by
 * @param delta whether it may travel as its difference to the message before
 */
public record Message(
        String id,
        @Nullable String event,
        Payload payload,
        @Nullable ClientInfo publisher,
        Audience audience,
        Map<String, String> tags,
        boolean delta) {
    public Message {
        tags = Map.copyOf(tags);
    }

    /** Without tags, and always whole. */
    public Message(
            String id,
            @Nullable String event,
            Payload payload,
            @Nullable ClientInfo publisher,
            Audience audience) {
        this(id, event, payload, publisher, audience, Map.of(), false);
    }
}
