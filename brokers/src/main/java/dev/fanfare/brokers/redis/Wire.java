package dev.fanfare.brokers.redis;

import dev.fanfare.core.model.Unavailable;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to Redis, and what waits for answers on it. All but the methods that say so live
 * on its event loop.
 */
final class Wire implements Call.Home {
    /** Who uses a connection. Called on its event loop. */
    interface User {
        /** A call waits no more, whatever has become of it. */
        void onAnswer();

        /** Redis has refused a command. */
        void onRefusal(Call<?> call, String error);

        /** The connection is no more. Comes once, and after all that waited has been told. */
        void onClosed(String why);
    }

    /** To measure costs more than to count. */
    private static final int MEASURED_EACH = 16;

    private final String server;
    private final StatefulRedisConnection<String, byte[]> connection;
    private final Channel channel;
    private final RedisObserver observer;
    private final ArrayDeque<Call<?>> waiting = new ArrayDeque<>();
    private @Nullable User user;
    private @Nullable String closing;
    private int answered;
    private boolean isClosed;

    Wire(
            String server,
            StatefulRedisConnection<String, byte[]> connection,
            Channel channel,
            RedisObserver observer) {
        this.server = server;
        this.connection = connection;
        this.channel = channel;
        this.observer = observer;
        channel.closeFuture().addListener(_ -> closed());
    }

    /** Any thread. */
    String server() {
        return server;
    }

    /** Any thread. */
    StatefulRedisConnection<String, byte[]> connection() {
        return connection;
    }

    /** Any thread. Runs nothing more once everything has been closed. */
    void execute(Runnable task) {
        try {
            loop().execute(task);
        } catch (RejectedExecutionException closed) {
            task.run(); // its loop is no more: there is nobody left to disturb
        }
    }

    private EventLoop loop() {
        return channel.eventLoop();
    }

    /** From now on its user hears of it, also if it has been closed already. Any thread. */
    void usedBy(User newUser) {
        execute(
                () -> {
                    user = newUser;
                    if (isClosed) {
                        user.onClosed(why());
                    }
                });
    }

    boolean isOpen() {
        return closing == null && channel.isActive();
    }

    int waiting() {
        return waiting.size();
    }

    /** Sends them in this order, with one system call if they fit. */
    void send(Collection<Call<?>> calls) {
        for (var call : calls) {
            call.sentBy(this);
            waiting.add(call);
        }
        if (!isOpen()) {
            cancelAll();
            return;
        }
        try {
            var _ = connection.dispatch(calls);
        } catch (RedisException refused) {
            var _ = close("connection lost");
        }
    }

    @Override
    public @Nullable RuntimeException onAnswer(Call<?> call, @Nullable String error) {
        if (waiting.peek() == call) {
            waiting.remove();
        } else {
            waiting.remove(call);
        }
        if (user != null) {
            user.onAnswer();
        }
        if (error == null) {
            measure(call);
            return null;
        }
        if (error.isEmpty()) {
            return lost();
        }
        observer.onFailed(server, call.operation(), error);
        if (user != null) {
            user.onRefusal(call, error);
        }
        return Refused.because(server, error);
    }

    private void measure(Call<?> call) {
        if (answered++ % MEASURED_EACH == 0) {
            observer.onAnswered(server, System.nanoTime() - call.since());
        }
    }

    /**
     * Lets those give up that have waited too long; closes the connection when one has for twice as
     * long.
     */
    void sweep(Duration timeout) {
        long now = System.nanoTime();
        for (var call : waiting) {
            long age = now - call.since();
            if (age < timeout.toNanos()) {
                return;
            }
            if (age >= 2 * timeout.toNanos()) {
                var _ = close("no answer for " + timeout.multipliedBy(2).toMillis() + " ms");
                return;
            }
            if (!call.answer().isDone()) {
                observer.onTimeout(server, call.operation());
                call.giveUp(late(timeout));
            }
        }
    }

    /** Any thread. Completes when nothing comes from it any more. */
    CompletionStage<Void> close(String why) {
        var done = new CompletableFuture<Void>();
        execute(
                () -> {
                    if (closing == null) {
                        closing = why;
                    }
                    channel.close().addListener(_ -> done.complete(null));
                });
        return done;
    }

    private void closed() {
        isClosed = true;
        cancelAll();
        var _ = connection.closeAsync();
        if (user != null) {
            user.onClosed(why());
        }
    }

    private String why() {
        return closing == null ? "connection lost" : closing;
    }

    private void cancelAll() {
        var calls = List.copyOf(waiting);
        waiting.clear();
        calls.forEach(Call::cancel);
    }

    private Unavailable lost() {
        return new Unavailable(server + ": " + why());
    }

    private Unavailable late(Duration timeout) {
        return new Unavailable(server + ": no answer within " + timeout.toMillis() + " ms");
    }
}
