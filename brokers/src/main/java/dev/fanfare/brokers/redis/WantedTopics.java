package dev.fanfare.brokers.redis;

import dev.fanfare.core.model.Unavailable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The topics that somebody wants, whether their primary can be reached or not. Any thread. */
final class WantedTopics {
    /** A topic, and those who wait until it is subscribed. */
    static final class Topic {
        private final String name;
        private final int slot;
        private final Servers.Ear ear;
        private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
        private boolean isInterrupted;

        private Topic(String tag, String name, Servers.Ear ear) {
            this.name = name;
            slot = Placement.slot(tag);
            this.ear = ear;
        }

        String name() {
            return name;
        }

        /** Where it is in a cluster. */
        int slot() {
            return slot;
        }

        Servers.Ear ear() {
            return ear;
        }
    }

    // Written under the lock. Whoever delivers a message reads it without.
    private final Map<String, Topic> topics = new ConcurrentHashMap<>();

    /** Who hears it, if anybody. */
    @Nullable Topic find(String name) {
        return topics.get(name);
    }

    List<Topic> all() {
        return List.copyOf(topics.values());
    }

    /** Wants it from now on, in place of an earlier ear. Completes when it is subscribed. */
    synchronized CompletableFuture<Void> add(String tag, String name, Servers.Ear ear) {
        var before = topics.get(name);
        var topic = new Topic(tag, name, ear);
        if (before != null) {
            topic.waiting.addAll(before.waiting);
            topic.isInterrupted = before.isInterrupted;
        }
        var subscribed = new CompletableFuture<Void>();
        topic.waiting.add(subscribed);
        topics.put(name, topic);
        return subscribed;
    }

    void remove(String name) {
        finish(take(name), new Unavailable("topic " + name + ": not wanted any more"));
    }

    private synchronized List<CompletableFuture<Void>> take(String name) {
        var topic = topics.remove(name);
        return topic == null ? List.of() : takeWaiting(topic);
    }

    /** Those who wait now: what is sent to Redis from now on is for them. */
    synchronized List<CompletableFuture<Void>> waitingFor(String name) {
        var topic = topics.get(name);
        return topic == null ? List.of() : takeWaiting(topic);
    }

    private static List<CompletableFuture<Void>> takeWaiting(Topic topic) {
        var waiting = List.copyOf(topic.waiting);
        topic.waiting.clear();
        return waiting;
    }

    /** Whether its ear has to be told that messages may be missing: once. */
    synchronized @Nullable Topic takeInterrupted(String name) {
        var topic = topics.get(name);
        if (topic == null || !topic.isInterrupted) {
            return null;
        }
        topic.isInterrupted = false;
        return topic;
    }

    /** Messages of it may be missing from now on. */
    synchronized void interrupt(String name) {
        var topic = topics.get(name);
        if (topic != null) {
            topic.isInterrupted = true;
        }
    }

    /** Messages of these may be missing from now on, and whoever waits is told why. */
    void interruptAll(Predicate<Topic> which, RuntimeException why) {
        var waiting = new ArrayList<CompletableFuture<Void>>();
        synchronized (this) {
            for (var topic : topics.values()) {
                if (which.test(topic)) {
                    topic.isInterrupted = true;
                    waiting.addAll(takeWaiting(topic));
                }
            }
        }
        finish(waiting, why);
    }

    /** Tells who hears them that messages may be missing. */
    static void tell(List<Topic> interrupted) {
        var byEar = new HashMap<Servers.Ear, List<String>>();
        for (var topic : interrupted) {
            byEar.computeIfAbsent(topic.ear, _ -> new ArrayList<>()).add(topic.name);
        }
        byEar.forEach(Servers.Ear::onInterruption);
    }

    private static void finish(List<CompletableFuture<Void>> waiting, RuntimeException why) {
        waiting.forEach(stage -> stage.completeExceptionally(why));
    }
}
