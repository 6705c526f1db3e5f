package dev.fanfare.ably.rest;

import dev.fanfare.ably.app.App;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Counts who listens. Any thread; nothing blocks. */
@FunctionalInterface
public interface Census {
    /**
     * How many listen to each of the application's channels, on all nodes together; a channel that
     * nobody listens to is not there.
     *
     * @param prefix what the names begin with
     */
    CompletionStage<Map<String, Integer>> listeners(App app, String prefix);
}
