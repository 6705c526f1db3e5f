package dev.fanfare.core.node;

import static java.util.concurrent.CompletableFuture.completedStage;

import dev.fanfare.core.model.Unavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** What this node has asked and not been answered yet. Lives on the nodes' loop. */
final class Questions {
    /** Time between two looks into the registry while somebody has not answered. */
    static final Duration REGISTRY_INTERVAL = Duration.ofSeconds(1);

    /** Whoever asks more at a time is refused. */
    private static final int MOST_OPEN = 10_000;

    private final Registry registry;
    private final Duration patience;
    private final Loop loop;
    private final InstantSource clock;
    private final Map<String, Question> open = new HashMap<>();

    /**
     * @param patience how long answers may take
     */
    Questions(Registry registry, Duration patience, Loop loop, InstantSource clock) {
        this.registry = registry;
        this.patience = patience;
        this.loop = loop;
        this.clock = clock;
    }

    /**
     * @param id that answers name
     */
    Question open(String id) {
        var question = new Question(clock.millis(), patience);
        if (open.size() < MOST_OPEN) {
            open.put(id, question);
        } else {
            question.fail(new Unavailable("nodes: " + MOST_OPEN + " questions are open already"));
        }
        return question;
    }

    /** All that are there now have to answer it. */
    void awaitAll(Question question) {
        loop.then(registry.read(), read -> question.await(registry.names()), question::fail);
    }

    /** The registry is read anew for a node that is not known. */
    CompletionStage<Optional<NodeName>> find(String node) {
        var known = registry.find(node);
        return known.isPresent()
                ? completedStage(known)
                : registry.read().thenApply(read -> registry.find(node));
    }

    /** Does it with the question of this id, if somebody still waits for an answer. */
    void with(String id, Consumer<Question> task) {
        var question = open.get(id);
        if (question != null) {
            task.accept(question);
        }
    }

    /** Nobody waits for the node any more. */
    void goOnWithout(String node) {
        registry.remove(node);
        goOn();
    }

    void sweep() {
        long now = clock.millis();
        List.copyOf(open.values()).forEach(question -> question.expire(now));
        open.values().removeIf(Question::isDone);
        if (now - registry.readAt() >= REGISTRY_INTERVAL.toMillis()) {
            loop.then(registry.read(), read -> goOn(), unreachable -> {});
        }
    }

    private void goOn() {
        var there = registry.names().keySet();
        List.copyOf(open.values()).forEach(question -> question.goOnWith(there));
    }
}
