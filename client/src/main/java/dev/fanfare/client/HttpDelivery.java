package dev.fanfare.client;

import static java.util.concurrent.CompletableFuture.failedFuture;

import dev.fanfare.client.RealtimeException.Code;
import dev.fanfare.client.RealtimeException.Reply;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletableFuture;

/**
 * Posts events to {@code /internal/publish}, as many at once as the configuration says, so that
 * there are no more connections than that. The time-out of an event begins when it is sent.
 */
public final class HttpDelivery implements Delivery {
    private final PublisherConfig config;
    private final Exchange exchange;
    private final Delivery posts;
    private final String what;

    public HttpDelivery(PublisherConfig config) {
        this.config = config;
        exchange = new Exchange(config.timeout());
        posts = new BoundedDelivery(this::post, config.maxUnderWay());
        what = " (" + config.endpoint() + ")";
    }

    @Override
    public CompletableFuture<Void> deliver(Event event) {
        return posts.deliver(event);
    }

    private CompletableFuture<Void> post(Event event) {
        var request =
                HttpRequest.newBuilder(config.endpoint())
                        .version(HttpClient.Version.HTTP_1_1)
                        .header("Authorization", "Bearer " + config.token())
                        .header("Content-Type", "application/json")
                        .timeout(config.timeout())
                        .POST(BodyPublishers.ofString(event.body()))
                        .build();
        return exchange.send(request)
                .exceptionallyCompose(
                        thrown ->
                                isCutOff(Exchange.cause(thrown))
                                        ? exchange.send(request)
                                        : failedFuture(thrown))
                .<Void>thenApply(answer -> accepted(event, answer))
                .exceptionallyCompose(
                        thrown -> failedFuture(exchange.failure(event.channel() + what, thrown)));
    }

    /** A connection that was kept open may end just when it is used; the id makes a repeat safe. */
    private static boolean isCutOff(Throwable cause) {
        return cause instanceof IOException
                && !(cause instanceof ConnectException)
                && !(cause instanceof HttpTimeoutException);
    }

    private Void accepted(Event event, HttpResponse<String> answer) {
        int status = answer.statusCode();
        if (status == 200 && event.id().equals(Json.member(answer.body(), "id"))) {
            return null;
        }
        var detail = Json.member(answer.body(), "detail");
        var where = event.channel() + what + ": ";
        var code = code(status, detail != null);
        throw detail == null
                ? new RealtimeException(code, where + "HTTP status " + status, (Reply) null)
                : new RealtimeException(code, where + detail, new Reply(status, detail));
    }

    /** 404 and whatever explains nothing is the answer of something else. */
    private static Code code(int status, boolean isExplained) {
        if (status == 401 || status == 403) {
            return Code.UNAUTHORIZED;
        }
        if (status == 408 || status == 429) {
            return Code.BUSY;
        }
        if (status >= 500) {
            return Code.UNAVAILABLE;
        }
        return isExplained && status >= 400 && status != 404 ? Code.REFUSED : Code.UNEXPECTED;
    }
}
