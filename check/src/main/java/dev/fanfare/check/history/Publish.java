package dev.fanfare.check.history;

import org.jspecify.annotations.Nullable;

/**
 * One request to publish and what became of it. Each attempt ends with one of the other facts, or
 * the run ends before it does.
 */
public sealed interface Publish extends Fact {
    /** Of the request; unique in the run. */
    long attempt();

    /**
     * Recorded before it is sent.
     *
     * @param message stands in the payload; unique, but for further attempts with the same key
     * @param key makes repeats of the same message one publication; null: it has none
     */
    record Sent(
            long attempt,
            String publisher,
            String node,
            String channel,
            String message,
            @Nullable String key)
            implements Publish {}

    /**
     * @param position null where the answer tells none
     */
    record Acknowledged(long attempt, @Nullable Position position) implements Publish {}

    /** The answer says that it was not published, and cannot have been. */
    record Refused(long attempt, String why) implements Publish {}

    /** It may have been published: no answer, a connection lost, a temporary error. */
    record Unknown(long attempt, String why) implements Publish {}
}
