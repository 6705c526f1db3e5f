package dev.fanfare.core.node;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one loop that everything here happens on. */
record Loop(Executor executor) {
    /** Any thread: begins it on the loop. */
    <T> CompletionStage<T> call(Supplier<CompletionStage<T>> task) {
        return CompletableFuture.supplyAsync(task, executor).thenCompose(stage -> stage);
    }

    /** Goes on here, wherever the stage completes. */
    <T extends @Nullable Object> void then(
            CompletionStage<T> stage, Consumer<T> next, Consumer<Throwable> failed) {
        stage.whenComplete(
                (value, failure) ->
                        executor.execute(
                                () -> {
                                    if (failure == null) {
                                        next.accept(value);
                                    } else {
                                        failed.accept(cause(failure));
                                    }
                                }));
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? requireNonNull(failure.getCause())
                : failure;
    }
}
