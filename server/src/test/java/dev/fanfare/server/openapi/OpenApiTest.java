package dev.fanfare.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.server.FanfareServer;
import dev.fanfare.server.Json;
import dev.fanfare.server.config.ConfigLoader;
import dev.fanfare.server.config.ConfigSources;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The description of all routes, as servers of different configurations give it. */
@Timeout(60)
class OpenApiTest {
    private static final Set<String> METHODS = Set.of("get", "post", "patch", "delete", "put");

    @TempDir private Path directory;

    @Test
    void everyServedRouteIsDescribed() throws Exception {
        var undescribed = new TreeSet<String>();
        for (var path : described(Map.of()).get("paths").properties()) {
            for (var method : path.getValue().properties()) {
                if (METHODS.contains(method.getKey()) && !method.getValue().has("summary")) {
                    undescribed.add(method.getKey() + " " + path.getKey());
                }
            }
        }
        assertThat(undescribed)
                .as("to be described in server/src/main/resources/dev/fanfare/server/openapi")
                .isEmpty();
    }

    @Test
    void everyDescribedRouteIsServed() throws Exception {
        assertThat(routes(OpenApi.whole(List.of(), "/api")))
                .as("described in server/src/main/resources/dev/fanfare/server/openapi")
                .isSubsetOf(routes(described(Map.of())));
    }

    @Test
    void routesOfApplicationsAreThereWithThem() throws Exception {
        assertThat(routes(described(Map.of("applications.enabled", "false"))))
                .contains("get /ws", "post /internal/publish")
                .noneMatch(route -> route.contains("/stories") || route.contains("/api/gifts"));
    }

    @Test
    void routesOfTheInternalPortAreNotThere() throws Exception {
        assertThat(routes(described(Map.of("internal-port", "0"))))
                .contains("get /ws", "post /stories")
                .doesNotContain("post /internal/publish", "post /api/publish", "get /metrics");
    }

    @Test
    void routesStandWhereTheConfigurationPutsThem() throws Exception {
        Files.writeString(
                directory.resolve("fanfare.yaml"),
                "endpoints: [{ path: /live, transport: websocket }]\napi.path: /v1/call\n");

        assertThat(routes(described(Map.of())))
                .contains("get /live", "post /v1/call/publish", "post /v1/call")
                .doesNotContain("get /ws", "post /api/publish", "post /emulation");
    }

    @Test
    void onlyTagsInUseAreListed() throws Exception {
        var tags = described(Map.of("applications.enabled", "false")).findValuesAsText("name");

        assertThat(tags).contains("Realtime").doesNotContain("Gifts");
    }

    private static Set<String> routes(JsonNode description) {
        var routes = new TreeSet<String>();
        for (var path : description.get("paths").properties()) {
            path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                            name -> {
                                if (METHODS.contains(name)) {
                                    routes.add(name + " " + path.getKey());
                                }
                            });
        }
        return routes;
    }

    private JsonNode described(Map<String, String> options) throws Exception {
        var all = new HashMap<>(Map.of("dev", "true", "port", "0", "shutdown.drain", "0s"));
        all.putAll(options);
        var sources = new ConfigSources(all, Map.of(), Map.of(), directory, null);
        try (var server = FanfareServer.start(ConfigLoader.load(sources), InstantSource.system());
                var http = HttpClient.newHttpClient()) {
            var address = URI.create("http://127.0.0.1:" + server.port() + "/openapi.json");
            var answer =
                    http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
            assertThat(answer.headers().firstValue("content-type")).contains("application/json");
            return Json.read(answer.body());
        }
    }
}
