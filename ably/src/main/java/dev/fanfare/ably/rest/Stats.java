package dev.fanfare.ably.rest;

import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.fanfare.ably.access.Denied;
import dev.fanfare.ably.access.Operation;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code /stats}: we keep none, see the metrics of the server; who asks is told of none. */
final class Stats {
    /** For whom statistics are allowed at all. */
    private static final String EVERYWHERE = "*";

    private Stats() {}

    static CompletionStage<Reply> list(Call call) throws Denied {
        requireAllowed(call);
        Paging.limit(call.query());
        return completedFuture(Paging.reply(call.ask(), List.of(), null));
    }

    /** Tests tell of traffic that never was: taken, and forgotten. */
    static CompletionStage<Reply> take(Call call) throws Denied {
        requireAllowed(call);
        return completedFuture(Reply.created(List.of()));
    }

    private static void requireAllowed(Call call) throws Denied {
        if (!call.access().allows(Operation.STATS, EVERYWHERE)) {
            throw Errors.denied(40160, "capability: no stats on * (expected: stats)");
        }
    }
}
