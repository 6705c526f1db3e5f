package dev.fanfare.core.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.completedStage;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** A node that answers what it is asked with its own name before it, and remembers what it was. */
final class TestNode implements Nodes.Observer {
    static final Duration TIME_TO_LIVE = Duration.ofSeconds(10);
    static final Duration PATIENCE = Duration.ofSeconds(25);
    static final Duration GRACE = Duration.ofSeconds(5);

    final NodeName name;
    final SharedEngine.View view;
    final Nodes nodes;
    final List<String> heard = new ArrayList<>();
    final List<String> failures = new ArrayList<>();
    long missed;
    int newsLost;

    /** Answers of it come when this is complete. */
    CompletionStage<Void> ready = completedStage(null);

    TestNode(String id, SharedEngine.View view, Executor loop, InstantSource clock) {
        this.view = view;
        name = new NodeName(id, "node of " + id);
        nodes = new Nodes(name, view, view, TIME_TO_LIVE, loop, clock, this);
        nodes.handle("say", this::say);
        nodes.whenNewsIsLost(() -> newsLost++);
        nodes.handle(
                "throw",
                question -> {
                    throw new IllegalStateException("broken");
                });
    }

    private CompletionStage<byte[]> say(byte[] question) {
        var text = new String(question, UTF_8);
        heard.add(text);
        return ready.thenApply(nothing -> (name.id() + " " + text).getBytes(UTF_8));
    }

    /** The answers by node. */
    CompletableFuture<Map<String, String>> askAll(String body) {
        return askAll("say", body);
    }

    CompletableFuture<Map<String, String>> askAll(String topic, String body) {
        return nodes.askAll(topic, body.getBytes(UTF_8))
                .thenApply(TestNode::texts)
                .toCompletableFuture();
    }

    CompletableFuture<Optional<String>> ask(String node, String body) {
        return nodes.ask(node, "say", body.getBytes(UTF_8))
                .thenApply(answer -> answer.map(bytes -> new String(bytes, UTF_8)))
                .toCompletableFuture();
    }

    void tell(String body) {
        var _ = nodes.tell("say", body.getBytes(UTF_8));
    }

    private static Map<String, String> texts(Map<String, byte[]> answers) {
        var texts = new TreeMap<String, String>();
        answers.forEach((node, answer) -> texts.put(node, new String(answer, UTF_8)));
        return texts;
    }

    @Override
    public void failed(String topic, Throwable why) {
        failures.add(topic + ": " + why.getMessage());
    }

    @Override
    public void missed(long messages) {
        missed += messages;
    }
}
