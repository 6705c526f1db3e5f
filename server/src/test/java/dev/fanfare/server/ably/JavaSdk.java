package dev.fanfare.server.ably;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.server.FanfareServer;
import dev.fanfare.server.Json;
import dev.fanfare.server.config.ConfigLoader;
import dev.fanfare.server.config.ConfigSources;
import io.ably.lib.realtime.AblyRealtime;
import io.ably.lib.realtime.CompletionListener;
import io.ably.lib.rest.AblyRest;
import io.ably.lib.types.AblyException;
import io.ably.lib.types.ClientOptions;
import io.ably.lib.types.ErrorInfo;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server, and clients of Ably's SDK for Java, which closes with all of them. */
final class JavaSdk {
    private final FanfareServer server;
    private final List<AblyRest> clients = new ArrayList<>();
    private final AtomicInteger channels = new AtomicInteger();
    private final JsonNode app;

    JavaSdk() throws Exception {
        this(InstantSource.system());
    }

    /**
     * @param clock of the server: clients have the system's
     */
    JavaSdk(InstantSource clock) throws Exception {
        var options =
                Map.of(
                        "dev", "true",
                        "port", "0",
                        "shutdown.drain", "100ms",
                        "applications.enabled", "false");
        var sources = new ConfigSources(options, Map.of(), Map.of(), Path.of(""), null);
        server = FanfareServer.start(ConfigLoader.load(sources), clock);
        app = newApp();
    }

    private JsonNode newApp() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/apps"))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{\"keys\":[{}]}"))
                            .build();
            var answer = http.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            return Json.read(answer.body());
        }
    }

    int port() {
        return server.port();
    }

    String newChannel() {
        return "room-" + channels.incrementAndGet();
    }

    /** {@code appId.keyId:secret}. */
    String key() {
        return app.get("keys").get(0).get("keyStr").textValue();
    }

    /**
     * How every client reaches the server. Without TLS the SDK sends no key: it makes itself a
     * token with it.
     */
    ClientOptions options(boolean binary) throws AblyException {
        var options = new ClientOptions(key());
        options.restHost = "127.0.0.1";
        options.realtimeHost = "127.0.0.1";
        options.port = port();
        options.tls = false;
        options.useTokenAuth = true;
        options.useBinaryProtocol = binary;
        options.fallbackHosts = new String[0];
        options.disconnectedRetryTimeout = 200;
        options.logLevel = io.ably.lib.util.Log.NONE;
        return options;
    }

    AblyRest rest(boolean binary) throws AblyException {
        return rest(options(binary));
    }

    AblyRest rest(ClientOptions options) throws AblyException {
        var rest = new AblyRest(options);
        clients.add(rest);
        return rest;
    }

    AblyRealtime realtime(ClientOptions options) throws AblyException {
        var realtime = new AblyRealtime(options);
        clients.add(realtime);
        return realtime;
    }

    void close() throws Exception {
        for (var client : clients) {
            client.close();
        }
        server.close();
    }

    /** Hears how something ends that was asked of the SDK. */
    static final class Outcome implements CompletionListener {
        private final CompletableFuture<String> end = new CompletableFuture<>();

        @Override
        public void onSuccess() {
            end.complete("success");
        }

        @Override
        public void onError(ErrorInfo reason) {
            end.complete(reason.code + ": " + reason.message);
        }

        /** {@code success}, or the error's number and message. */
        String await() throws Exception {
            return end.get(10, TimeUnit.SECONDS);
        }
    }
}
