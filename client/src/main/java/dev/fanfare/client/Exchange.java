package dev.fanfare.client;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.fanfare.client.RealtimeException.Code;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** Requests and their answers, each within one time-out. Any thread. */
final class Exchange {
    private final HttpClient http;
    private final Duration timeout;

    Exchange(Duration timeout) {
        this.timeout = timeout;
        http = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    Duration timeout() {
        return timeout;
    }

    /** The time-out of a request ends with the head of the answer; this one holds for all of it. */
    CompletableFuture<HttpResponse<String>> send(HttpRequest request) {
        var exchange = http.sendAsync(request, BodyHandlers.ofString());
        return exchange.copy()
                .orTimeout(timeout.toMillis(), MILLISECONDS)
                .whenComplete((answer, failure) -> exchange.cancel(true));
    }

    /** What has really happened. */
    static Throwable cause(Throwable thrown) {
        var cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /**
     * @param what for messages: what was asked for, and where
     */
    RealtimeException failure(String what, Throwable thrown) {
        var cause = cause(thrown);
        if (cause instanceof RealtimeException failure) {
            return failure;
        }
        if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
            var within = timeout.toMillis() + " ms";
            return new RealtimeException(
                    Code.TIMEOUT, what + ": no answer within " + within, cause);
        }
        if (cause instanceof ConnectException && cause.getMessage() == null) {
            return new RealtimeException(Code.UNREACHABLE, what + ": no connection", cause);
        }
        var code = cause instanceof IOException ? Code.UNREACHABLE : Code.UNEXPECTED;
        return new RealtimeException(code, what + ": " + cause, cause);
    }
}
