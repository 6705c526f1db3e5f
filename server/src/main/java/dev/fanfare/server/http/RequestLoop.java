package dev.fanfare.server.http;

import static java.util.Objects.requireNonNull;

import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The event loop that handles the current request, and how to come back to it. Called on it. */
public final class RequestLoop {
    private RequestLoop() {}

    public static EventLoop current() {
        return context().nettyEventLoop();
    }

    /** Goes on here when the stage is complete, wherever it completes; at once if it is. */
    public static <T> void then(
            CompletionStage<T> stage, Consumer<T> next, Consumer<Throwable> failed) {
        var future = stage.toCompletableFuture();
        if (future.isDone() && !future.isCompletedExceptionally()) {
            next.accept(future.resultNow());
            return;
        }
        var context = context();
        stage.whenComplete(
                (value, failure) ->
                        context.runOnContext(
                                nothing -> {
                                    if (failure == null) {
                                        next.accept(value);
                                    } else {
                                        failed.accept(failure);
                                    }
                                }));
    }

    private static ContextInternal context() {
        return (ContextInternal) requireNonNull(Vertx.currentContext());
    }
}
