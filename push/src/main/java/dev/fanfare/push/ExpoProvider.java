package dev.fanfare.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.completedFuture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Expo's push service, by its HTTP contract
 * (https://docs.expo.dev/push-notifications/sending-notifications/). A request that Expo refuses as
 * a whole (400, 413) is halved until it is clear which notification is wrong: one never costs the
 * others their way.
 */
public final class ExpoProvider implements PushProvider {
    private static final Limits LIMITS = new Limits(100, 1000, 6);

    private final ExpoOptions options;
    private final HttpClient http;

    public ExpoProvider(ExpoOptions options) {
        this.options = options;
        http = HttpClient.newBuilder().connectTimeout(options.timeout()).build();
    }

    @Override
    public Limits limits() {
        return LIMITS;
    }

    /** One that is too large is refused here: nobody asks Expo. */
    @Override
    public CompletableFuture<List<Ticket>> send(List<Notification> notifications) {
        var messages = notifications.stream().map(ExpoJson::message).toList();
        var fitting = messages.stream().filter(ExpoProvider::fits).toList();
        return fitting.isEmpty()
                ? completedFuture(merged(messages, List.of()))
                : post(fitting).thenApply(tickets -> merged(messages, tickets));
    }

    private static boolean fits(byte[] message) {
        return message.length <= PushQueue.LARGEST;
    }

    private static List<Ticket> merged(List<byte[]> messages, List<Ticket> tickets) {
        var given = tickets.iterator();
        var all = new ArrayList<Ticket>();
        for (var message : messages) {
            all.add(fits(message) ? given.next() : tooBig(message.length));
        }
        return all;
    }

    private static Ticket tooBig(int size) {
        return new Ticket.Refused(
                PushError.MESSAGE_TOO_BIG,
                "message: " + size + " bytes (expected: at most " + PushQueue.LARGEST + ")");
    }

    private CompletableFuture<List<Ticket>> post(List<byte[]> messages) {
        return post("send", array(messages))
                .thenCompose(answer -> tickets(messages, answer))
                .exceptionally(failure -> unknown(messages.size(), outage(failure)));
    }

    private CompletableFuture<List<Ticket>> tickets(
            List<byte[]> messages, HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        if (status == 400 || status == 413) {
            return messages.size() == 1
                    ? completedFuture(List.of(refused(answer)))
                    : halves(messages);
        }
        requireOk(answer);
        return completedFuture(ExpoJson.tickets(answer.body(), messages.size()));
    }

    private static Ticket refused(HttpResponse<byte[]> answer) {
        return new Ticket.Refused(
                answer.statusCode() == 413 ? PushError.MESSAGE_TOO_BIG : PushError.REFUSED,
                ExpoJson.problem(answer.body()));
    }

    private CompletableFuture<List<Ticket>> halves(List<byte[]> messages) {
        int middle = messages.size() / 2;
        return post(messages.subList(0, middle))
                .thenCompose(
                        first ->
                                post(messages.subList(middle, messages.size()))
                                        .thenApply(
                                                second ->
                                                        Stream.concat(
                                                                        first.stream(),
                                                                        second.stream())
                                                                .toList()));
    }

    private static List<Ticket> unknown(int count, PushOutage why) {
        return Stream.<Ticket>generate(() -> new Ticket.Unknown(why)).limit(count).toList();
    }

    @Override
    public CompletableFuture<Map<String, Receipt>> receipts(List<String> tickets) {
        return post("getReceipts", ExpoJson.receiptsRequest(tickets))
                .thenApply(
                        answer -> {
                            requireOk(answer);
                            return ExpoJson.receipts(answer.body());
                        })
                .exceptionally(
                        failure -> {
                            throw outage(failure);
                        });
    }

    private CompletableFuture<HttpResponse<byte[]>> post(String endpoint, byte[] body) {
        var request =
                HttpRequest.newBuilder(options.endpoint(endpoint))
                        .header("Content-Type", "application/json")
                        .header("Content-Encoding", "gzip")
                        .header("Accept", "application/json")
                        .POST(BodyPublishers.ofByteArray(compressed(body)));
        if ("http".equals(options.url().getScheme())) {
            request.version(HttpClient.Version.HTTP_1_1);
        }
        if (!options.accessToken().isEmpty()) {
            request.header("Authorization", "Bearer " + options.accessToken());
        }
        return inTime(http.sendAsync(request.build(), BodyHandlers.ofByteArray()));
    }

    /** To the end of its body: the time-out of a request would end with the answer's head. */
    private <T> CompletableFuture<T> inTime(CompletableFuture<T> exchange) {
        return exchange.copy()
                .orTimeout(options.timeout().toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((answer, failure) -> exchange.cancel(true));
    }

    private static byte[] array(List<byte[]> messages) {
        var all = new ByteArrayOutputStream();
        all.write('[');
        for (int i = 0; i < messages.size(); i++) {
            if (i > 0) {
                all.write(',');
            }
            all.writeBytes(messages.get(i));
        }
        all.writeBytes("]".getBytes(UTF_8));
        return all.toByteArray();
    }

    private static byte[] compressed(byte[] bytes) {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    private static void requireOk(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        if (status != 200) {
            throw new PushOutage(
                    error(status),
                    "Expo: HTTP status " + status + ", " + ExpoJson.problem(answer.body()),
                    retryAfter(answer));
        }
    }

    private static PushError error(int status) {
        return switch (status) {
            case 401, 403 -> PushError.UNAUTHORIZED;
            case 429 -> PushError.THROTTLED;
            default -> status >= 500 ? PushError.UNAVAILABLE : PushError.INVALID_ANSWER;
        };
    }

    /** In seconds, or as a date (RFC 9110, 10.2.3). */
    private static @Nullable Duration retryAfter(HttpResponse<byte[]> answer) {
        var value = answer.headers().firstValue("Retry-After").orElse("").strip();
        if (value.matches("[0-9]{1,6}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            var at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Duration.between(Instant.now(), at.toInstant());
        } catch (DateTimeException none) {
            return null;
        }
    }

    private static PushOutage outage(Throwable failure) {
        var cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return switch (cause) {
            case PushOutage known -> known;
            case HttpTimeoutException _, TimeoutException _ ->
                    new PushOutage(PushError.TIMEOUT, "Expo: no answer in time", null);
            case null, default ->
                    new PushOutage(PushError.UNREACHABLE, "Expo: not reached, " + cause, null);
        };
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
