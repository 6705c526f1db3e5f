package dev.fanfare.brokers.redis;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.HistoryQuery;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads of history, of which equal ones are under way one at a time. Those that come meanwhile wait
 * and share the next: never the one under way, which may know less than its late reader must. Any
 * thread.
 */
final class SharedReads {
    record Read(Channel channel, HistoryQuery query, Retention retention) {}

    private final Function<Read, CompletionStage<History>> source;

    /** What is under way, and who waits for the next of its kind: null if nobody does. */
    @GuardedBy("this")
    private final Map<Read, @Nullable CompletableFuture<History>> waiting = new HashMap<>();

    SharedReads(Function<Read, CompletionStage<History>> source) {
        this.source = source;
    }

    CompletionStage<History> get(Read read) {
        synchronized (this) {
            if (waiting.containsKey(read)) {
                return waiting.compute(
                        read, (key, next) -> next == null ? new CompletableFuture<>() : next);
            }
            waiting.put(read, null);
        }
        return send(read);
    }

    private CompletionStage<History> send(Read read) {
        var answer = source.apply(read);
        return answer.whenComplete((history, failure) -> goOn(read));
    }

    private void goOn(Read read) {
        CompletableFuture<History> next;
        synchronized (this) {
            next = waiting.remove(read);
            if (next != null) {
                waiting.put(read, null);
            }
        }
        if (next != null) {
            var _ = send(read).whenComplete((history, failure) -> complete(next, history, failure));
        }
    }

    private static void complete(
            CompletableFuture<History> next,
            @Nullable History history,
            @Nullable Throwable failure) {
        if (failure == null) {
            next.complete(history);
        } else {
            next.completeExceptionally(failure);
        }
    }
}
