package dev.fanfare.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.server.Json;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the API tells of the node and its channels. */
@Timeout(60)
class NodeApiTest {
    private final ApiServer server = ApiServer.start(Map.of("node.name", "eu-1"));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void countsTheSubscribersOfChannels() {
        server.listen("42", "room:one");
        server.listen("42", "room:one");
        server.listen("7", "live:two");

        assertThat(server.call("channels", "{\"pattern\":\"room:*\"}"))
                .isEqualTo("{\"result\":{\"channels\":{\"room:one\":{\"num_clients\":2}}}}");
        assertThat(server.call("channels", "{}"))
                .contains("\"room:one\":{\"num_clients\":2}", "\"live:two\":{\"num_clients\":1}");
        assertThat(server.call("channels", "{\"pattern\":\"nowhere\"}"))
                .isEqualTo("{\"result\":{\"channels\":{}}}");
    }

    @Test
    void saysWhatIsWrongWithAPattern() {
        assertThat(server.call("channels", "{\"pattern\":\"room:[\"}"))
                .isEqualTo(
                        "{\"error\":{\"code\":107,\"message\":\"bad request: pattern: room:["
                                + " (expected: a ] that ends what [ begins)\"}}");
        assertThat(server.call("channels", "{\"pattern\":5}")).contains("\"code\":107");
    }

    @Test
    void tellsOfTheNode() throws Exception {
        server.listen("42", "room:one");
        server.listen("42", "room:two");
        server.listen("7", "room:one");

        var nodes = Json.read(server.call("info", "{}")).at("/result/nodes");

        assertThat(nodes).hasSize(1);
        var node = nodes.get(0);
        assertThat(node.get("uid").asText()).matches("[-0-9a-f]{36}");
        assertThat(node.get("name").asText()).isEqualTo("eu-1");
        assertThat(node.get("version").asText()).isNotEmpty();
        assertThat(node.get("num_clients").asInt()).isEqualTo(3);
        assertThat(node.get("num_users").asInt()).isEqualTo(2);
        assertThat(node.get("num_subs").asInt()).isEqualTo(3);
        assertThat(node.get("num_channels").asInt()).isEqualTo(2);
        assertThat(node.get("uptime").isIntegralNumber()).isTrue();
        assertThat(node.at("/process/cpu").isNumber()).isTrue();
        assertThat(node.at("/process/rss").isNumber()).isTrue();
    }

    @Test
    void tellsZerosToo() {
        assertThat(server.call("info", "{}"))
                .contains("\"num_clients\":0,\"num_users\":0,\"num_subs\":0,\"num_channels\":0,");
    }
}
