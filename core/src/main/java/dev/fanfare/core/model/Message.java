package dev.fanfare.core.model;

import org.jspecify.annotations.Nullable;

/**
 * What a publisher says: the payload, the event it carries (null: none), and who is to hear it. A
 * {@link Publication} is a message with its place in a channel.
 *
 * @param id unique among the channel's recent messages; a repeat of it is the same message
 * @param publisher the client that published; null for a backend
 */
public record Message(
        String id,
        @Nullable String event,
        Payload payload,
        @Nullable ClientInfo publisher,
        Audience audience) {}
