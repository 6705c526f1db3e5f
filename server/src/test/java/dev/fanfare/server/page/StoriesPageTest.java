package dev.fanfare.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.server.FanfareServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of stories as a browser gets it. */
@Timeout(60)
class StoriesPageTest {
    @Test
    void bringsTokensOfTwoUsersInDevelopmentMode() throws Exception {
        try (var server = EventsPageTest.start(Map.of("dev", "true"))) {
            assertThat(get(server, "/stories").body())
                    .contains("\"tokens\":[\"ey", "\"endpoint\":\"/ws\"", "\"probe\":\"/sse\"");
        }
    }

    @Test
    void holdsNoSecretOtherwise(@TempDir Path directory) throws Exception {
        var options =
                Map.of(
                        "token.secret", "a-secret-of-more-than-thirty-two-bytes",
                        "publish.token", "a-token-of-sixteen-or-more-bytes",
                        "applications.enabled", "true",
                        "database.directory", directory.toString());
        try (var server = EventsPageTest.start(options)) {
            var page = get(server, "/stories");

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body())
                    .contains("{\"accounts\":true,\"endpoint\":\"/ws\"")
                    .doesNotContain("\"tokens\":", "a-secret-of", "a-token-of");
        }
    }

    @Test
    void isWhereApplicationsAre() throws Exception {
        var options = Map.of("dev", "true", "applications.enabled", "false");
        try (var server = EventsPageTest.start(options)) {
            assertThat(get(server, "/stories").statusCode()).isEqualTo(404);
            assertThat(get(server, "/").body()).doesNotContain("\"path\":\"/stories\"");
        }
    }

    @Test
    void isLinkedFromTheFirstPage() throws Exception {
        try (var server = EventsPageTest.start(Map.of("dev", "true"))) {
            assertThat(get(server, "/").body())
                    .contains("{\"path\":\"/stories\",\"title\":\"Stories\"}");
        }
    }

    @Test
    void allowsNothingFromElsewhere() throws Exception {
        try (var server = EventsPageTest.start(Map.of("dev", "true"))) {
            assertThat(
                            get(server, "/stories")
                                    .headers()
                                    .firstValue("Content-Security-Policy")
                                    .orElseThrow())
                    .startsWith("default-src 'none'; connect-src 'self';")
                    .contains("script-src 'sha256-")
                    .doesNotContain("unsafe", "*", "http");
        }
    }

    @Test
    void sharesItsPathWithTheRouteThatTakesStories() throws Exception {
        try (var server = EventsPageTest.start(Map.of("dev", "true"))) {
            assertThat(send(server, "POST").statusCode()).isEqualTo(401);
            var put = send(server, "PUT");
            assertThat(put.statusCode()).isEqualTo(405);
            assertThat(put.headers().firstValue("Allow").orElseThrow()).contains("GET", "POST");
        }
    }

    private static HttpResponse<String> get(FanfareServer server, String path) throws Exception {
        return send(request(server, path).build());
    }

    private static HttpResponse<String> send(FanfareServer server, String method) throws Exception {
        return send(request(server, "/stories").method(method, BodyPublishers.noBody()).build());
    }

    private static HttpRequest.Builder request(FanfareServer server, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString());
        }
    }
}
