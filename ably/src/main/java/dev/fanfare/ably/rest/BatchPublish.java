package dev.fanfare.ably.rest;

import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.fanfare.ably.access.Denied;
import dev.fanfare.protocols.ably.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code POST /messages}: the same messages on several channels, perhaps several times. */
final class BatchPublish {
    private static final int MOST_MESSAGES = 1_000;

    private record Spec(List<String> channels, List<WireMessage> messages) {}

    private final Publishing publishing;

    BatchPublish(Publishing publishing) {
        this.publishing = publishing;
    }

    CompletionStage<Reply> publish(Call call) throws Denied {
        var specs = specs(call.ask().body());
        CompletionStage<List<Batch>> all = completedFuture(List.of());
        for (var spec : specs) {
            all = all.thenCombine(publish(call, spec), BatchPublish::and);
        }
        return all.thenApply(batches -> reply(call.ask().request(), batches));
    }

    private static List<Batch> and(List<Batch> batches, Batch next) {
        var more = new ArrayList<>(batches);
        more.add(next);
        return more;
    }

    private CompletionStage<Batch> publish(Call call, Spec spec) {
        return Batch.of(
                "channel",
                spec.channels(),
                channel ->
                        publishing
                                .publish(call, channel, spec.messages())
                                .thenApply(Publishing.Receipt::tree));
    }

    private static Reply reply(RestRequest request, List<Batch> batches) {
        return Batch.isPlain(request)
                ? Batch.plain(201, batches)
                : Reply.created(batches.stream().map(Batch::tree).toList());
    }

    private static List<Spec> specs(@Nullable Object body) throws Denied {
        var specs = new ArrayList<Spec>();
        int messages = 0;
        for (var tree : body instanceof List<?> several ? several : elements(body)) {
            var spec = spec(tree);
            messages += spec.channels().size() * spec.messages().size();
            specs.add(spec);
        }
        if (specs.isEmpty() || specs.size() > Batch.MOST || messages > MOST_MESSAGES) {
            throw Errors.bad(
                    "batch",
                    specs.size() + " parts with " + messages + " messages",
                    "1 to %d parts with at most %d messages".formatted(Batch.MOST, MOST_MESSAGES));
        }
        return specs;
    }

    private static List<?> elements(@Nullable Object body) throws Denied {
        if (body == null) {
            throw Errors.bad("body", "nothing", "an object with channels and messages");
        }
        return List.of(body);
    }

    private static Spec spec(@Nullable Object tree) throws Denied {
        if (tree instanceof Map<?, ?> fields) {
            return new Spec(
                    Batch.checked("channels", Texts.of("channels", fields.get("channels"))),
                    MessageBodies.messages(fields.get("messages")));
        }
        throw Errors.bad("batch", "no object", "an object with channels and messages");
    }
}
