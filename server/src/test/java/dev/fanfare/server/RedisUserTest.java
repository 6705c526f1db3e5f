package dev.fanfare.server;

import static dev.fanfare.server.NodePair.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.harness.RedisProcess;
import dev.fanfare.harness.RedisProcess.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A user with the rights that docs/several-nodes.md names, and no more, is enough. */
@Timeout(60)
class RedisUserTest {
    private static final String PASSWORD = "a-password";
    private static final Pattern USER = Pattern.compile("(?s)\nACL SETUSER (.*?)\n```");
    private static final String MEMBERS = "{\"channel\":\"room:1\"}";

    @ParameterizedTest
    @EnumSource(Version.class)
    void everythingWorksWithTheRightsThatTheDocumentationNames(Version version) throws IOException {
        try (var redis = RedisProcess.start(version, onlyUser());
                var node = node(redis)) {
            use(node);
            assertThat(node.get("/metrics").body())
                    .as("a script that uses another command needs a right more in that page")
                    .doesNotContain("fanfare_redis_failures");
        }
    }

    private static void use(RunningServer node) {
        var body = "{\"channel\":\"news:1\",\"id\":\"once\",\"payload\":{\"n\":1}}";
        try (var socket = node.subscriber("news:1,room:1,now:1")) {
            assertThat(node.publish(body).json()).isEqualTo(node.publish(body).json());
            assertThat(socket.json().get("n").asInt()).isEqualTo(1);
            NodePair.publish(node, "now:1", 2);
            assertThat(socket.json().get("n").asInt()).isEqualTo(2);
            assertMembers(node, 1);
            call(node, "channels", "{}");
            var history = "{\"channel\":\"news:1\",\"limit\":10,\"reverse\":true}";
            assertThat(call(node, "history", history).at("/result/publications")).hasSize(1);
            call(node, "history_remove", "{\"channel\":\"news:1\"}");
        }
        assertMembers(node, 0);
    }

    private static void assertMembers(RunningServer node, int count) {
        await().untilAsserted(
                        () ->
                                assertThat(call(node, "presence", MEMBERS).at("/result/presence"))
                                        .hasSize(count));
    }

    private static RunningServer node(RedisProcess redis) {
        return RunningServer.start(
                InstantSource.system(),
                NodePair.configuration(redis.url()),
                Map.of("dev", "true", "redis.user", "fanfare", "redis.password", PASSWORD));
    }

    /** As options of Redis. */
    private static String[] onlyUser() throws IOException {
        var page = USER.matcher(Files.readString(Path.of("../docs/several-nodes.md")));
        assertThat(page.find()).isTrue();
        var rules = page.group(1).replace("PASSWORD", PASSWORD).strip().split("\\s+");
        return Stream.of(List.of("--user", "default", "off"), List.of("--user"), List.of(rules))
                .flatMap(List::stream)
                .toArray(String[]::new);
    }
}
