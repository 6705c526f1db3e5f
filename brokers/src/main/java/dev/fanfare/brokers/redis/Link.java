package dev.fanfare.brokers.redis;

import static java.util.concurrent.CompletableFuture.allOf;
import static java.util.concurrent.CompletableFuture.failedFuture;

import dev.fanfare.brokers.redis.RedisAddress.Access;
import dev.fanfare.brokers.redis.RedisAddress.Node;
import dev.fanfare.core.model.Unavailable;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One primary: a connection for commands and one for notifications, made together, and made anew
 * when one of them is lost. Any thread may use it; what it is changes on one thread ({@code
 * control}) that it shares with all others.
 */
final class Link {
    /** Where a primary is, what it has, and how it is entered. Any thread. */
    interface Place {
        CompletionStage<Node> find();

        Access access();

        /** Throws {@link Trouble} when it is not what we can use. */
        void examine(Node node, Identity identity);

        /** Whether it has the topics of this slot. */
        boolean has(int slot);

        boolean isSharded();

        /**
         * Redis has said that it is not the primary of some keys.
         *
         * @return whether it is none at all, so that another has to be found
         */
        boolean isGone(String error);
    }

    private sealed interface State {
        record Down(String why) implements State {}

        record Up(Node node, Commands commands, Notifications notifications) implements State {}

        record Closed() implements State {}
    }

    private static final String CLOSED = "redis: closed";
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final Place place;
    private final Connector connector;
    private final RedisOptions options;
    private final RedisObserver observer;
    private final WantedTopics wanted;
    private final CompletableFuture<Void> firstAttempt = new CompletableFuture<>();
    private volatile State state = new State.Down("redis: not connected yet");
    // On the control thread only.
    private int attempts;
    private CompletionStage<?> attempt = DONE;

    Link(
            Place place,
            WantedTopics wanted,
            Connector connector,
            RedisOptions options,
            RedisObserver observer) {
        this.place = place;
        this.wanted = wanted;
        this.connector = connector;
        this.options = options;
        this.observer = observer;
    }

    /** Begins to connect. See {@link #firstAttempt}. */
    CompletionStage<Void> start() {
        connector.decide(this::connect);
        return firstAttempt;
    }

    /** Completes when the first attempt to connect has succeeded or failed. */
    CompletionStage<Void> firstAttempt() {
        return firstAttempt;
    }

    Place place() {
        return place;
    }

    /** Where it is connected to, if it is. */
    @Nullable Node node() {
        return state instanceof State.Up(var node, _, _) ? node : null;
    }

    /** Why it cannot be used at the moment. */
    Optional<String> unready() {
        return switch (state) {
            case State.Up _ -> Optional.empty();
            case State.Down(var why) -> Optional.of(why);
            case State.Closed() -> Optional.of(CLOSED);
        };
    }

    <T> CompletionStage<T> with(Function<Commands, CompletionStage<T>> use) {
        return switch (state) {
            case State.Up(_, var commands, _) -> use.apply(commands);
            case State.Down(var why) -> failedFuture(new Unavailable(why));
            case State.Closed() -> failedFuture(new Unavailable(CLOSED));
        };
    }

    CompletionStage<Void> subscribe(String tag, String topic, Servers.Ear ear) {
        var subscribed = wanted.add(tag, topic, ear);
        return switch (state) {
            case State.Up(_, _, var notifications) -> {
                notifications.onChange(topic);
                yield subscribed;
            }
            case State.Down(var why) -> notNow(topic, subscribed, why);
            case State.Closed() -> notNow(topic, subscribed, CLOSED);
        };
    }

    private CompletionStage<Void> notNow(
            String topic, CompletableFuture<Void> subscribed, String why) {
        wanted.interrupt(topic);
        subscribed.completeExceptionally(new Unavailable(why));
        return subscribed;
    }

    void unsubscribe(String topic) {
        wanted.remove(topic);
        onChange(topic);
    }

    /** Where this topic belongs has changed. */
    void onChange(String topic) {
        if (state instanceof State.Up(_, _, var notifications)) {
            notifications.onChange(topic);
        }
    }

    /** Completes when nothing is delivered from here any more that has gone elsewhere. */
    CompletionStage<Void> settle() {
        return state instanceof State.Up(_, _, var notifications) ? notifications.settle() : DONE;
    }

    private void connect() {
        if (state instanceof State.Closed) {
            return;
        }
        attempt =
                place.find()
                        .thenCompose(this::open)
                        .whenComplete(
                                (up, failure) -> connector.decide(() -> attempted(up, failure)));
    }

    private CompletionStage<State.Up> open(Node node) {
        return connector
                .commands(node, place.access())
                .thenCompose(
                        wire ->
                                open(node, wire)
                                        .whenComplete((_, failure) -> closeIf(failure, wire)))
                .exceptionallyCompose(
                        failure ->
                                failedFuture(
                                        Trouble.of(
                                                "redis " + node, place.access().tls(), failure)));
    }

    private static void closeIf(@Nullable Throwable failure, Wire wire) {
        if (failure != null) {
            var _ = wire.close("not used");
        }
    }

    private CompletionStage<State.Up> open(Node node, Wire wire) {
        return Identity.ask(wire, options.timeout())
                .thenCompose(
                        identity -> {
                            place.examine(node, identity);
                            return connector
                                    .notifications(node, place.access(), place.isSharded())
                                    .thenApply(second -> up(node, wire, identity, second));
                        });
    }

    private State.Up up(Node node, Wire first, Identity identity, Wire second) {
        var commands = new Commands(first, identity, options, this::onClosed, this::onMisplaced);
        var notifications =
                new Notifications(
                        second, wanted, options, place, this::onClosed, this::onMisplaced);
        return new State.Up(node, commands, notifications);
    }

    private void attempted(State.@Nullable Up up, @Nullable Throwable failure) {
        if (up == null) {
            failed(Trouble.of("redis", false, Objects.requireNonNull(failure)));
            return;
        }
        if (state instanceof State.Closed) {
            var _ = close(up, "closed");
            return;
        }
        state = up;
        up.commands().start();
        up.notifications().start();
        observer.onConnected(up.commands().server());
        firstAttempt.complete(null);
    }

    private void failed(Trouble trouble) {
        if (state instanceof State.Closed) {
            return;
        }
        var why = String.valueOf(trouble.getMessage());
        state = new State.Down(why);
        observer.onDisconnected(trouble.server(), why);
        var _ = firstAttempt.completeExceptionally(trouble);
        retry();
    }

    private void onClosed(String why) {
        connector.decide(() -> lost(why));
    }

    private void onMisplaced(String error) {
        connector.decide(
                () -> {
                    if (place.isGone(error)) {
                        lost(error);
                    }
                });
    }

    /** Connects again when nothing can come from the lost connections any more. */
    private void lost(String why) {
        if (!(state instanceof State.Up up)) {
            return;
        }
        var server = up.commands().server();
        state = new State.Down(server + ": " + why);
        observer.onDisconnected(server, why);
        var _ = close(up, why).thenRun(() -> connector.decide(this::retry));
    }

    private static CompletableFuture<Void> close(State.Up up, String why) {
        return allOf(
                up.commands().close(why).toCompletableFuture(),
                up.notifications().close(why).toCompletableFuture());
    }

    private void retry() {
        var pause = options.backoff().pause(attempts++, ThreadLocalRandom.current().nextDouble());
        connector.decideLater(this::connect, pause);
    }

    /** From time to time, on the control thread. */
    void sweep() {
        if (state instanceof State.Up(_, var commands, var notifications)) {
            attempts = 0;
            commands.sweep();
            notifications.sweep();
        }
    }

    /** From time to time, on the control thread: whether the primary is still where it was. */
    void verify() {
        if (state instanceof State.Up(var known, _, _)) {
            place.find().thenAccept(named -> connector.decide(() -> compare(known, named)));
        }
    }

    private void compare(Node known, Node named) {
        if (!named.equals(known) && known.equals(node())) {
            lost("the primary is " + named + " now");
        }
    }

    /** Completes when nothing comes from it any more. */
    CompletionStage<Void> close() {
        var closed = new CompletableFuture<Void>();
        connector.decide(
                () -> {
                    var before = state;
                    state = new State.Closed();
                    wanted.interruptAll(topic -> place.has(topic.slot()), new Unavailable(CLOSED));
                    var open = before instanceof State.Up up ? close(up, "closed") : DONE;
                    attempt.handle((_, _) -> open)
                            .thenCompose(Function.identity())
                            .thenRun(() -> closed.complete(null));
                });
        return closed;
    }
}
