package dev.fanfare.server.access;

import static java.net.http.HttpResponse.BodyHandlers.limiting;
import static java.net.http.HttpResponse.BodyHandlers.ofByteArray;
import static java.util.concurrent.CompletableFuture.failedStage;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Documents over HTTP, small ones and not many at once. */
final class WebDocuments implements Documents {
    static final int MAX_SIZE = 256 * 1024;
    static final int MAX_REQUESTS = 16;

    private final HttpClient client;
    private final Semaphore requests = new Semaphore(MAX_REQUESTS);

    WebDocuments(HttpClient client) {
        this.client = client;
    }

    @Override
    public CompletionStage<byte[]> get(URI url, Duration timeout) {
        if (!requests.tryAcquire()) {
            return failedStage(new IOException("requests: more than " + MAX_REQUESTS + " at once"));
        }
        var answer = send(url);
        return answer.copy()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete(
                        (done, failure) -> {
                            requests.release();
                            answer.cancel(true);
                        })
                .exceptionallyCompose(failure -> failedStage(reason(failure, timeout)))
                .thenCompose(WebDocuments::body);
    }

    private CompletableFuture<HttpResponse<byte[]>> send(URI url) {
        try {
            var request = HttpRequest.newBuilder(url).header("Accept", "application/json").build();
            return client.sendAsync(request, limiting(ofByteArray(), MAX_SIZE));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static IOException reason(Throwable failure, Duration timeout) {
        var cause = failure.getCause() == null ? failure : failure.getCause();
        return switch (cause) {
            case TimeoutException _ ->
                    new IOException("no answer within " + timeout.toMillis() + " ms", cause);
            case ConnectException _ -> new IOException("no connection", cause);
            case IOException trouble -> trouble;
            default -> new IOException(cause.toString(), cause);
        };
    }

    private static CompletionStage<byte[]> body(HttpResponse<byte[]> response) {
        return response.statusCode() == 200
                ? CompletableFuture.completedStage(response.body())
                : failedStage(new IOException("status " + response.statusCode()));
    }
}
