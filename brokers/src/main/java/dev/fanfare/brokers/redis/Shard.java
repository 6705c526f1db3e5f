package dev.fanfare.brokers.redis;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** One installation of Redis, independent of the others: a primary, or a cluster of them. */
sealed interface Shard permits OnePrimary, RedisCluster {
    /** Completes when all its primaries can be used, or fails with {@link Trouble}. */
    CompletionStage<Void> start();

    /** The primary that has this tag. */
    Link link(String tag);

    /** Why some tags cannot be used at the moment. */
    Optional<String> unready();

    boolean isSharded();

    /** Often, on the control thread: who has waited too long? */
    void sweep();

    /** From time to time, on the control thread: is all still where it was? */
    void verify();

    /** Completes when nothing comes from it any more. */
    CompletionStage<Void> close();
}
