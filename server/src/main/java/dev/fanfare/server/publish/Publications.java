package dev.fanfare.server.publish;

import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.channel.Draft;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.server.http.Problem;
import dev.fanfare.server.publish.PublishBody.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Publishes what bodies ask for, and counts what becomes of it. Any thread. */
final class Publications {
    private final Channels channels;
    private final PublishEndpoint.Observer observer;

    Publications(Channels channels, PublishEndpoint.Observer observer) {
        this.channels = channels;
        this.observer = observer;
    }

    /**
     * In the order of the body: on one channel that is the order of the positions. The key stands
     * for every member that has no id of its own.
     */
    CompletionStage<List<PublishAnswer>> publishAll(List<Entry> entries, @Nullable String key) {
        var stages = new ArrayList<CompletableFuture<PublishAnswer>>(entries.size());
        for (int index = 0; index < entries.size(); index++) {
            var entry = entries.get(index);
            var own = key == null || hasId(entry) ? null : key + ":" + index;
            stages.add(publish(entry, own).toCompletableFuture());
        }
        return CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new))
                .thenApply(nothing -> stages.stream().map(CompletableFuture::join).toList());
    }

    private static boolean hasId(Entry entry) {
        return entry instanceof Entry.Wanted(var draft) && draft.id() != null;
    }

    CompletionStage<PublishAnswer> publish(Entry entry, @Nullable String key) {
        return switch (entry) {
            case Entry.Refused(var refusal) -> refused(refusal);
            case Entry.Wanted(var draft) -> publish(draft, key);
        };
    }

    private CompletionStage<PublishAnswer> publish(Draft draft, @Nullable String key) {
        var id = draft.id();
        if (key != null && id != null && !key.equals(id)) {
            return refused(badKey(key, "the same as id: " + id));
        }
        var keyed =
                id == null && key != null
                        ? new Draft(
                                draft.channel(),
                                key,
                                draft.event(),
                                draft.payload(),
                                draft.audience())
                        : draft;
        return channels.publish(keyed).thenApply(PublishAnswer::of).thenApply(this::counted);
    }

    private PublishAnswer counted(PublishAnswer answer) {
        switch (answer) {
            case PublishAnswer.Accepted accepted -> observer.published();
            case PublishAnswer.Refused(var problem) -> observer.refused(problem.code());
        }
        return answer;
    }

    private CompletionStage<PublishAnswer> refused(Refusal refusal) {
        observer.refused(refusal.code().word());
        return CompletableFuture.completedFuture(new PublishAnswer.Refused(Problem.of(refusal)));
    }

    static Refusal badKey(String got, String expected) {
        return new Refusal(ErrorCode.BAD_REQUEST, PublishEndpoint.IDEMPOTENCY_KEY, got, expected);
    }
}
