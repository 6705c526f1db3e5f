package dev.fanfare.check.client;

import dev.fanfare.check.history.Position;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One of the ways to publish. Used by one thread. */
interface PublishWay extends AutoCloseable {
    /**
     * What is to be published.
     *
     * @param key makes repeats of it one publication; null: it has none
     */
    record Letter(String channel, String message, @Nullable String key) {}

    /** What became of it. */
    sealed interface Outcome {
        /**
         * @param position null where the answer tells none
         */
        record Acknowledged(@Nullable Position position) implements Outcome {}

        /** It has not been published. */
        record Refused(String why) implements Outcome {}

        /** It may have been published. */
        record Unknown(String why) implements Outcome {}
    }

    /** Says where the next one will go, and sees to it that it can. */
    Address ready() throws IOException;

    Outcome publish(Address node, Letter letter);

    @Override
    default void close() {}

    /** By requests to any node. */
    interface Request {
        Outcome publish(Address node, Letter letter);
    }

    static PublishWay byRequests(Site site, Request request) {
        return new PublishWay() {
            @Override
            public Address ready() {
                return site.anyNode();
            }

            @Override
            public Outcome publish(Address node, Letter letter) {
                return request.publish(node, letter);
            }
        };
    }
}
