package dev.fanfare.server.api;

import dev.fanfare.server.FanfareServer;
import dev.fanfare.server.Json;
import dev.fanfare.server.access.Secret;
import dev.fanfare.server.access.TokenMaker;
import dev.fanfare.server.config.ConfigLoader;
import dev.fanfare.server.config.ConfigSources;
import dev.fanfare.server.config.Development;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A whole server in development mode, on free ports, with channels of each kind. */
final class ApiServer implements AutoCloseable {
    private static final String CHANNELS =
            """
            shutdown.drain: 0s
            channels:
              - pattern: "news:{name}"
                variables: { name: slug }
                subscribe: everyone
                history: { size: 100, age: 10m }
              - pattern: "live:{name}"
                variables: { name: slug }
                subscribe: everyone
              - pattern: "room:{name}"
                variables: { name: slug }
                subscribe: everyone
                presence: true
              - pattern: "post:{id}"
                variables: { id: positive-integer }
                subscribe: everyone
                events: [gift.received]
            events:
              gift.received:
                schema: { type: object, required: [amount] }
            """;

    private final FanfareServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    private ApiServer(FanfareServer server) {
        this.server = server;
    }

    static ApiServer start() {
        return start(Map.of());
    }

    /**
     * @param options stronger than the file, by key
     */
    static ApiServer start(Map<String, String> options) {
        return start(options, Map.of());
    }

    static ApiServer start(Map<String, String> options, Map<String, String> environment) {
        var all = new HashMap<>(Map.of("dev", "true", "port", "0"));
        all.putAll(options);
        try {
            var directory = Files.createTempDirectory("fanfare-api");
            var file = Files.writeString(directory.resolve("fanfare.yaml"), CHANNELS);
            var config =
                    ConfigLoader.load(
                            new ConfigSources(all, Map.of(), environment, directory, null));
            Files.delete(file);
            Files.delete(directory);
            return new ApiServer(FanfareServer.start(config, InstantSource.system()));
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    int port() {
        return server.port();
    }

    int internalPort() {
        return server.internalPort().orElseThrow();
    }

    /** The body of the answer, which has status 200. */
    String call(String method, String body) {
        var answer = post("/api/" + method, body, "X-API-Key", Development.API_KEY);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    HttpResponse<String> post(String target, String body, String... headers) {
        return post(port(), target, body, headers);
    }

    HttpResponse<String> post(int port, String target, String body, String... headers) {
        return send(port, "POST", target, body, headers);
    }

    HttpResponse<String> send(
            int port, String method, String target, String body, String... headers) {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                        .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** A plain JSON client on one channel, heard from now on. */
    Listening listen(String user, String channel) {
        return open("/ws?channels=" + channel + "&token=" + token(user));
    }

    /** A client of the protocol compatible with Centrifugo that is in. */
    Listening connect(String user) throws InterruptedException {
        var client = open("/connection/websocket");
        client.send("{\"id\":1,\"connect\":{\"token\":\"" + token(user) + "\"}}");
        client.id = Json.read(client.next()).at("/connect/client").asText();
        return client;
    }

    private static String token(String user) {
        return new TokenMaker(new Secret(Development.TOKEN_SECRET), InstantSource.system())
                .make(user, Duration.ofHours(1), Map.of());
    }

    private Listening open(String target) {
        var listening = new Listening();
        listening.socket =
                http.newWebSocketBuilder()
                        .buildAsync(URI.create("ws://127.0.0.1:" + port() + target), listening)
                        .join();
        return listening;
    }

    @Override
    public void close() {
        http.shutdownNow();
        server.close();
    }

    /** What a client has received. */
    static final class Listening implements WebSocket.Listener {
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final CompletableFuture<String> closed = new CompletableFuture<>();
        private final StringBuilder message = new StringBuilder();
        private WebSocket socket;
        private String id;

        String client() {
            return id;
        }

        void send(String text) {
            socket.sendText(text, true).join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                received.add(message.toString());
                message.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code + " " + reason);
            return null;
        }

        /** The code and the reason. */
        String closed() throws Exception {
            return closed.get(10, TimeUnit.SECONDS);
        }

        /** The next message; empty after ten seconds without one. */
        String next() throws InterruptedException {
            var next = received.poll(10, TimeUnit.SECONDS);
            return next == null ? "" : next;
        }
    }
}
