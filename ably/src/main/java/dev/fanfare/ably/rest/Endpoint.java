package dev.fanfare.ably.rest;

import dev.fanfare.ably.access.Denied;
import java.util.concurrent.CompletionStage;

/** What answers one method of one path. Any thread; nothing blocks. */
@FunctionalInterface
interface Endpoint {
    /**
     * @return fails as well with {@link Denied}
     */
    CompletionStage<Reply> answer(Ask ask) throws Denied;
}
