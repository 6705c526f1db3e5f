package dev.fanfare.server.cli;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A short life of a server, played against it over loopback: connections of each kind,
 * publications, mistakes. What the JVM learns from it goes into the AOT cache, so it touches what
 * the first minutes of a real server touch.
 *
 * @param tokenOf a token for the user with this number
 */
record TrainingLoad(HttpClient client, int port, String publishToken, IntFunction<String> tokenOf) {
    private static final int SOCKETS = 300;
    private static final int STREAMS = 60;
    private static final int PUBLICATIONS = 4000;
    private static final int MISTAKES = 300;
    private static final int AT_ONCE = 30;
    private static final int PATIENCE_SECONDS = 5;
    private static final String GIFT =
            "{\"channel\":\"post:%d\",\"payload\":{\"type\":\"gift.received\",\"id\":%d,\"quantity\":1}}";

    void run() {
        var sockets = severally(SOCKETS, this::socket);
        severally(STREAMS, this::stream);
        severally(PUBLICATIONS, n -> publish(publishToken, GIFT.formatted(1 + n % 10, n)));
        sockets.forEach(TrainingLoad::converse);
        severally(MISTAKES, this::mistake);
        sockets.forEach(socket -> await(socket.sendClose(WebSocket.NORMAL_CLOSURE, "")));
    }

    /** A few at a time: it is a lesson, not a flood. */
    private static <T> List<T> severally(int count, IntFunction<CompletableFuture<T>> task) {
        return IntStream.iterate(0, begin -> begin < count, begin -> begin + AT_ONCE)
                .mapToObj(begin -> IntStream.range(begin, Math.min(count, begin + AT_ONCE)))
                .flatMap(batch -> batch.mapToObj(task).toList().stream().map(TrainingLoad::await))
                .toList();
    }

    private static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    private CompletableFuture<WebSocket> socket(int user) {
        var channels = "channels=post:%d,comment:%d".formatted(1 + user % 10, 1 + user % 7);
        var envelope = user % 3 == 0 ? "&envelope=true" : "";
        var url =
                "ws://127.0.0.1:%d/ws?%s%s&token=%s"
                        .formatted(port, channels, envelope, tokenOf.apply(user));
        return client.newWebSocketBuilder()
                .buildAsync(URI.create(url), new WebSocket.Listener() {});
    }

    /** Complete when the head has come; the body goes on. */
    private CompletableFuture<Integer> stream(int user) {
        var path = (user % 2 == 0 ? "/sse" : "/stream") + "?channels=post:" + (1 + user % 10);
        var opened = new CompletableFuture<Integer>();
        var _ =
                client.sendAsync(
                        request(path)
                                .header("Authorization", "Bearer " + tokenOf.apply(user))
                                .build(),
                        head -> {
                            opened.complete(head.statusCode());
                            return BodySubscribers.ofByteArrayConsumer(_ -> {});
                        });
        return opened;
    }

    private CompletableFuture<HttpResponse<String>> publish(String token, String body) {
        var request =
                request("/internal/publish")
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        return client.sendAsync(request.build(), BodyHandlers.ofString());
    }

    private static void converse(WebSocket socket) {
        for (var command :
                List.of(
                        "{\"type\":\"ping\"}",
                        "{\"type\":\"subscribe\",\"channel\":\"post:99\",\"id\":1}",
                        "{\"type\":\"unsubscribe\",\"channel\":\"post:99\",\"id\":2}",
                        "{\"type\":\"what\"}")) {
            await(socket.sendText(command, true));
        }
    }

    private CompletableFuture<HttpResponse<String>> mistake(int n) {
        return switch (n % 6) {
            case 0 -> publish("wrong", GIFT.formatted(1, n));
            case 1 -> publish(publishToken, GIFT.formatted(0, n));
            case 2 -> publish(publishToken, "{\"channel\":");
            case 3 -> client.sendAsync(request("/ws?token=wrong").build(), BodyHandlers.ofString());
            case 4 ->
                    client.sendAsync(
                            request("/sse?channels=post:1").build(), BodyHandlers.ofString());
            default -> client.sendAsync(request("/health/ready").build(), BodyHandlers.ofString());
        };
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }
}
