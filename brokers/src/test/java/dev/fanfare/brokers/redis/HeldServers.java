package dev.fanfare.brokers.redis;

import dev.fanfare.core.model.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Servers that answer when a test says so. They only run scripts. */
final class HeldServers implements Servers {
    private record Held(Script script, CompletableFuture<List<Object>> answer) {}

    private final List<Held> waiting = new ArrayList<>();

    /** The names of the scripts that wait for an answer, in order. */
    List<String> waiting() {
        return waiting.stream().map(each -> each.script().name()).toList();
    }

    /** Answers the one that has waited the longest. */
    void answer(Object... members) {
        waiting.removeFirst().answer().complete(List.of(members));
    }

    /** As {@link #answer}; but it cannot be reached. */
    void fail() {
        waiting.removeFirst().answer().completeExceptionally(new Unavailable("gone"));
    }

    @Override
    public CompletionStage<List<Object>> run(
            String tag, Script script, List<String> keys, List<byte[]> arguments) {
        var held = new Held(script, new CompletableFuture<>());
        waiting.add(held);
        return held.answer();
    }

    @Override
    public CompletionStage<Void> send(String tag, String topic, byte[] message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> subscribe(String tag, String topic, Ear ear) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void unsubscribe(String tag, String topic) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isSharded() {
        return false;
    }

    @Override
    public void close() {}
}
