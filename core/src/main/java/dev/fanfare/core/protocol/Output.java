package dev.fanfare.core.protocol;

import org.jspecify.annotations.Nullable;

/** Anything the server says to a client: the answer to a request, or a push nobody asked for. */
public sealed interface Output permits Output.Answer, Push {

    /**
     * @param tag the request's
     */
    record Answer(@Nullable String tag, Reply reply) implements Output {}
}
