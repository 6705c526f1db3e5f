package dev.fanfare.core.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The way to a service elsewhere: calls for one key take effect in order, some at once and some
 * later, are answered later still, on other threads, and now and then fail, before they took effect
 * or after.
 */
final class FarAway {
    private static final int FAILURES = 40;

    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final Map<Object, Scheduler.Lane> calls = new HashMap<>();
    private final List<Scheduler.Lane> answers;
    private final boolean reliable;
    private boolean calm;

    FarAway(Scheduler scheduler, RandomGenerator random) {
        this.scheduler = scheduler;
        this.random = random;
        answers = List.of(scheduler.lane(), scheduler.lane());
        reliable = random.nextInt(3) == 0;
    }

    void setCalm(boolean calm) {
        this.calm = calm;
    }

    /** Calls that can fail. */
    <T> CompletionStage<T> call(Object key, Supplier<T> effect) {
        if (fails()) {
            return answer(key, () -> CompletableFuture.failedFuture(new Outage()));
        }
        if (fails()) {
            return answer(
                    key,
                    () ->
                            CompletableFuture.completedFuture(effect.get())
                                    .thenCompose(
                                            lost -> CompletableFuture.failedFuture(new Outage())));
        }
        return callSafely(key, effect);
    }

    /** Calls that cannot. */
    <T> CompletionStage<T> callSafely(Object key, Supplier<T> effect) {
        return answer(key, () -> CompletableFuture.completedFuture(effect.get()));
    }

    /** Calls that have no answer. */
    void send(Object key, Runnable effect) {
        var lane = lane(key);
        if (isAtOnce(lane)) {
            effect.run();
        } else {
            lane.execute(effect);
        }
    }

    private <T> CompletionStage<T> answer(Object key, Supplier<CompletableFuture<T>> effect) {
        var lane = lane(key);
        if (isAtOnce(lane)) {
            return effect.get();
        }
        var answer = new CompletableFuture<T>();
        lane.execute(() -> complete(answer, effect.get()));
        return answer;
    }

    private <T> void complete(CompletableFuture<T> answer, CompletableFuture<T> outcome) {
        var thread = answers.get(random.nextInt(answers.size()));
        thread.execute(
                () -> {
                    if (outcome.isCompletedExceptionally()) {
                        answer.completeExceptionally(outcome.exceptionNow());
                    } else {
                        answer.complete(outcome.resultNow());
                    }
                });
    }

    private Scheduler.Lane lane(Object key) {
        return calls.computeIfAbsent(key, any -> scheduler.lane());
    }

    private boolean isAtOnce(Scheduler.Lane lane) {
        return lane.isIdle() && random.nextInt(3) == 0;
    }

    private boolean fails() {
        return !reliable && !calm && random.nextInt(FAILURES) == 0;
    }

    /** The service cannot be reached. */
    private static final class Outage extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Outage() {
            super("outage", null, false, false);
        }
    }
}
