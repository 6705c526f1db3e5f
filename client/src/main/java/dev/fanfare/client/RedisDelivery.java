package dev.fanfare.client;

import static java.util.concurrent.CompletableFuture.failedFuture;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fanfare.client.RealtimeException.Code;
import dev.fanfare.client.RealtimeException.Reply;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes events on {@code fanfare:publish} of a Redis where servers listen. An event that no
 * server hears has failed, for Redis does not keep it. Connects when there is an event to send.
 */
public final class RedisDelivery implements Delivery {
    private static final String CHANNEL = "fanfare:publish";

    /** A connection, or one on its way. */
    private static final class Link {
        private final CompletableFuture<StatefulRedisConnection<String, String>> opened =
                new CompletableFuture<>();

        boolean isLost() {
            return opened.isCompletedExceptionally()
                    || (opened.isDone() && !opened.join().isOpen());
        }

        CompletableFuture<Long> publish(String body) {
            var answer = new CompletableFuture<Long>();
            return opened.thenCompose(
                    open -> {
                        open.async().publish(CHANNEL, body).whenComplete(into(answer));
                        return answer;
                    });
        }

        void close() {
            var unused = opened.thenCompose(StatefulRedisConnection::closeAsync);
        }
    }

    private final RedisClient client;
    private final RedisURI uri;
    private final Duration timeout;
    private final String what;

    /** Null: there is none. */
    @GuardedBy("this")
    private @Nullable Link link;

    /**
     * @param url {@code redis://user:password@host:6379} or {@code rediss://…}
     * @param timeout for all that belongs to one event
     */
    public RedisDelivery(String url, Duration timeout) {
        requireAddress(url);
        this.timeout = timeout;
        uri = RedisURI.create(url);
        uri.setTimeout(timeout);
        what = " (" + CHANNEL + " on " + shown(url) + ")";
        client = RedisClient.create();
        client.setOptions(
                ClientOptions.builder()
                        .autoReconnect(false)
                        .socketOptions(SocketOptions.builder().connectTimeout(timeout).build())
                        .build());
    }

    static void requireAddress(String url) {
        if (!url.matches("rediss?://([^@/]*@)?[^@/,?#]+(/\\d{0,4})?")) {
            throw new IllegalArgumentException(
                    "redisUrl: "
                            + shown(url)
                            + " (expected: redis://user:password@host:6379, rediss for TLS)");
        }
    }

    /** Without user and password. */
    static String shown(String url) {
        return url.replaceFirst("//.*@", "//");
    }

    @Override
    public CompletableFuture<Void> deliver(Event event) {
        var used = link();
        return used.publish(event.body())
                .orTimeout(timeout.toMillis(), MILLISECONDS)
                .<Void>thenApply(receivers -> heard(event, receivers))
                .exceptionallyCompose(
                        thrown -> {
                            var failure = failure(event, Exchange.cause(thrown));
                            if (failure.code() != Code.UNAVAILABLE) {
                                drop(used);
                            }
                            return failedFuture(failure);
                        });
    }

    private Void heard(Event event, long receivers) {
        if (receivers == 0) {
            throw new RealtimeException(
                    Code.UNAVAILABLE, event.channel() + what + ": no server listens", (Reply) null);
        }
        return null;
    }

    private RealtimeException failure(Event event, Throwable cause) {
        if (cause instanceof RealtimeException known) {
            return known;
        }
        var where = event.channel() + what + ": ";
        return cause instanceof TimeoutException
                ? new RealtimeException(
                        Code.TIMEOUT,
                        where + "no answer within " + timeout.toMillis() + " ms",
                        cause)
                : new RealtimeException(Code.UNREACHABLE, where + reason(cause), cause);
    }

    /** Lettuce says what happened last, and Redis what was wrong first. */
    private static String reason(Throwable thrown) {
        var cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private synchronized Link link() {
        if (link == null || link.isLost()) {
            link = connect();
        }
        return link;
    }

    private Link connect() {
        var made = new Link();
        var unused = client.connectAsync(StringCodec.UTF8, uri).whenComplete(into(made.opened));
        return made;
    }

    /** What follows one of Lettuce's own futures is not always told how it ends. */
    private static <T> BiConsumer<T, @Nullable Throwable> into(CompletableFuture<T> future) {
        return (value, failure) -> {
            if (failure == null) {
                future.complete(value);
            } else {
                future.completeExceptionally(failure);
            }
        };
    }

    /** The next event gets a connection of its own: this one may be half open. */
    private synchronized void drop(Link dropped) {
        if (dropped == link) {
            link = null;
        }
        dropped.close();
    }

    @Override
    public void close() {
        var unused = client.shutdownAsync(0, 1, SECONDS);
    }
}
