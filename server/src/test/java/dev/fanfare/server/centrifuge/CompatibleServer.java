package dev.fanfare.server.centrifuge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.server.FanfareServer;
import dev.fanfare.server.access.Secret;
import dev.fanfare.server.access.TokenMaker;
import dev.fanfare.server.config.ConfigLoader;
import dev.fanfare.server.config.ConfigSources;
import dev.fanfare.server.config.Development;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** A server in development mode for SDKs to connect to, and what a backend does with it. */
final class CompatibleServer implements AutoCloseable {
    static final Path RESOURCES = Path.of("src/test/resources/dev/fanfare/server/centrifuge");

    private final FanfareServer server;
    private final HttpClient backend = HttpClient.newHttpClient();
    private final TokenMaker tokens =
            new TokenMaker(new Secret(Development.TOKEN_SECRET), InstantSource.system());

    private CompatibleServer(FanfareServer server) {
        this.server = server;
    }

    /**
     * @param file one of {@link #RESOURCES}
     */
    static CompatibleServer start(String file) throws Exception {
        return start(file, Map.of());
    }

    /**
     * @param more options, by key
     */
    static CompatibleServer start(String file, Map<String, String> more) throws Exception {
        var options = new HashMap<>(more);
        options.putAll(Map.of("dev", "true", "port", "0", "shutdown.drain", "100ms"));
        var sources =
                new ConfigSources(
                        options, Map.of(), Map.of(), Path.of(""), RESOURCES.resolve(file));
        return new CompatibleServer(
                FanfareServer.start(ConfigLoader.load(sources), InstantSource.system()));
    }

    int port() {
        return server.port();
    }

    String token(String user, Duration lifetime, Map<String, ?> claims) {
        return tokens.make(user, lifetime, claims);
    }

    /** Calls the server API; its answer. */
    String api(String method, String body) throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/api/" + method))
                        .header("X-API-Key", Development.API_KEY)
                        .POST(BodyPublishers.ofString(body))
                        .build();
        var answer = backend.send(request, BodyHandlers.ofString());
        assertThat(answer.body()).startsWith("{\"result\":");
        return answer.body();
    }

    void publish(String channel, String data) throws Exception {
        api("publish", "{\"channel\":\"" + channel + "\",\"data\":" + data + "}");
    }

    @Override
    public void close() {
        server.close();
    }
}
