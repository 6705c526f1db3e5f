package dev.fanfare.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.fanfare.server.FanfareServer;
import dev.fanfare.server.config.ConfigLoader;
import dev.fanfare.server.config.ConfigSources;
import dev.fanfare.server.config.Development;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page as a browser gets it. */
@Timeout(60)
class EventsPageTest {
    private static final String SECRET = "a-secret-of-more-than-thirty-two-bytes";

    @Test
    void bringsAFreshTokenInDevelopmentMode() throws Exception {
        try (var server = start(Map.of("dev", "true"))) {
            assertThat(get(server).body())
                    .contains("\"token\":\"ey")
                    .contains("\"publishToken\":\"" + Development.PUBLISH_TOKEN);
        }
    }

    @Test
    void holdsNoSecretOtherwise() throws Exception {
        try (var server =
                start(
                        Map.of(
                                "token.secret",
                                SECRET,
                                "publish.token",
                                "a-token-of-sixteen-or-more-bytes"))) {
            var page = get(server);

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body())
                    .contains("{\"publishes\":true,\"endpoints\":[{\"path\":\"/ws\"")
                    .doesNotContain("\"token\":", "publishToken\"", SECRET, "a-token-of-sixteen");
        }
    }

    @Test
    void tellsThatPublishingHasMovedToTheInternalPort() throws Exception {
        try (var server = start(Map.of("dev", "true", "internal-port", "0"))) {
            assertThat(get(server).body()).contains("{\"publishes\":false,");
        }
    }

    @Test
    void allowsNothingFromElsewhere() throws Exception {
        try (var server = start(Map.of("dev", "true"))) {
            var headers = get(server).headers();

            assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                    .startsWith("default-src 'none'; connect-src 'self';")
                    .contains("script-src 'sha256-")
                    .doesNotContain("unsafe", "*", "http");
            assertThat(headers.firstValue("Cache-Control")).contains("no-store");
        }
    }

    @Test
    void isNoWebSocketWhereNoProtocolIsServedAtItsPath() throws Exception {
        try (var server = start(Map.of("dev", "true", "ably.enabled", "false"));
                var http = HttpClient.newHttpClient()) {
            var address = URI.create("ws://127.0.0.1:" + server.port() + "/");

            assertThatThrownBy(
                            () ->
                                    http.newWebSocketBuilder()
                                            .buildAsync(address, new WebSocket.Listener() {})
                                            .join())
                    .cause()
                    .asInstanceOf(type(WebSocketHandshakeException.class))
                    .extracting(refused -> refused.getResponse().statusCode())
                    .isEqualTo(404);
        }
    }

    static FanfareServer start(Map<String, String> options) throws Exception {
        var all = new HashMap<>(options);
        all.put("port", "0");
        var sources = new ConfigSources(all, Map.of(), Map.of(), Path.of(""), null);
        return FanfareServer.start(ConfigLoader.load(sources), InstantSource.system());
    }

    private static HttpResponse<String> get(FanfareServer server) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var address = URI.create("http://127.0.0.1:" + server.port() + "/");
            return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        }
    }
}
