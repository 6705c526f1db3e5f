package dev.fanfare.apps.stories;

import dev.fanfare.apps.web.Refused;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Lets those through one after the other who want the same story, first come, first served: what
 * happens right after a commit then happens in the order of the commits. Thread-safe; for this
 * process alone.
 */
final class Turns {
    private static final int LOCKS = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A story always has the same one, and may share it with others. */
    private final ReentrantLock[] locks =
            IntStream.range(0, LOCKS)
                    .mapToObj(number -> new ReentrantLock(true))
                    .toArray(ReentrantLock[]::new);

    /**
     * @throws Refused after half a minute in the queue
     */
    <T> T take(Object story, Supplier<T> work) {
        var lock = locks[Math.floorMod(story.hashCode(), LOCKS)];
        if (!isTaken(lock)) {
            throw Refused.unavailable("story", "too many at once", "another try later");
        }
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private static boolean isTaken(ReentrantLock lock) {
        try {
            return lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
