package dev.fanfare.core.node;

import dev.fanfare.core.model.Unavailable;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Something that has been asked, and who has answered what. Lives on the nodes' loop. */
final class Question {
    private final long askedAt;
    private final Duration patience;
    private final Map<String, byte[]> answers = new LinkedHashMap<>();
    private final CompletableFuture<Map<String, byte[]>> result = new CompletableFuture<>();

    /** By id; null until it is known who has to answer. */
    private @Nullable Map<String, NodeName> awaited;

    Question(long askedAt, Duration patience) {
        this.askedAt = askedAt;
        this.patience = patience;
    }

    /** The answers by the ids of the nodes. */
    CompletionStage<Map<String, byte[]>> result() {
        return result;
    }

    boolean isDone() {
        return result.isDone();
    }

    /** These have to answer; some may have. */
    void await(Map<String, NodeName> nodes) {
        awaited = new HashMap<>(nodes);
        answers.keySet().forEach(awaited::remove);
        completeIfAnswered();
    }

    /** Who is not among these has gone, and will not answer. */
    void goOnWith(Set<String> there) {
        if (awaited != null) {
            awaited.keySet().retainAll(there);
            completeIfAnswered();
        }
    }

    void answered(String node, byte[] answer) {
        answers.put(node, answer);
        if (awaited != null) {
            awaited.remove(node);
            completeIfAnswered();
        }
    }

    private void completeIfAnswered() {
        if (awaited != null && awaited.isEmpty()) {
            result.complete(Map.copyOf(answers));
        }
    }

    void fail(Throwable why) {
        result.completeExceptionally(why);
    }

    void expire(long now) {
        if (now - askedAt >= patience.toMillis() && !isDone()) {
            long seconds = patience.toSeconds();
            fail(new Unavailable(silent() + ": no answer within " + seconds + " s"));
        }
    }

    private String silent() {
        return awaited == null
                ? "the registry of nodes"
                : awaited.values().stream()
                        .map(node -> "node " + node)
                        .sorted()
                        .collect(Collectors.joining(", "));
    }
}
