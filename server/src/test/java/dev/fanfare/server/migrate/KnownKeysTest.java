package dev.fanfare.server.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.server.config.ConfigLoader;
import dev.fanfare.server.config.ConfigSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No key is dropped in silence: it changes what comes out, or it is told. */
class KnownKeysTest {
    private static final Path KEYS =
            Path.of("src/test/resources/dev/fanfare/server/migrate/known-keys.txt");
    private static final JsonMapper JSON = new JsonMapper();

    /** Everything that can be on is, so that the keys below it mean something. */
    private static final String ON =
            """
            {
              "http_server": {"tls": {"enabled": true}},
              "client": {
                "token": {"hmac_secret_key": "a secret that is long enough, truly"},
                "subscription_token": {
                  "enabled": true, "hmac_secret_key": "a secret that is long enough, truly"
                },
                "connect_code_to_unidirectional_disconnect": {"enabled": true}
              },
              "channel": {
                "without_namespace": {"history_size": 1, "history_ttl": "1s"},
                "namespaces": [{"name": "ns", "history_size": 1, "history_ttl": "1s"}]
              },
              "http_stream": {"enabled": true},
              "sse": {"enabled": true},
              "uni_websocket": {"enabled": true},
              "uni_sse": {"enabled": true, "connect_code_to_http_response": {"enabled": true}},
              "uni_http_stream": {
                "enabled": true, "connect_code_to_http_response": {"enabled": true}
              },
              "init": {"enabled": true},
              "http_api": {"key": "a key"}
            }
            """;

    static List<String> keys() throws IOException {
        var keys = new ArrayList<String>();
        for (var line : Files.readAllLines(KEYS)) {
            if (line.startsWith("NAMESPACE")) {
                keys.add(line.replace("NAMESPACE", "channel.without_namespace"));
                keys.add(line.replace("NAMESPACE", "channel.namespaces[0]"));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                keys.add(line);
            }
        }
        return keys;
    }

    @ParameterizedTest
    @MethodSource("keys")
    void isCarriedOverOrTold(String line) throws Exception {
        var parts = line.split(" = ", 2);
        var before = Migration.ofCentrifugo(ON);
        var after = Migration.ofCentrifugo(with(parts[0], JSON.readTree(parts[1])));

        assertThat(before.remarks()).as("of what all begin with").isEmpty();
        if (after.remarks().stream().noneMatch(remark -> remark.contains(parts[0]))) {
            assertThat(after.configuration()).isNotEqualTo(before.configuration());
        }
    }

    /** Files and keys that are none are what a server rightly does not start with. */
    @ParameterizedTest
    @MethodSource("keys")
    void aServerStartsWithWhatComesOut(String line, @TempDir Path directory) throws Exception {
        assumeThat(line).doesNotContain("public_key", "pem_file");
        var parts = line.split(" = ", 2);
        var migration = Migration.ofCentrifugo(with(parts[0], JSON.readTree(parts[1])));
        var file = Files.writeString(directory.resolve("fanfare.yaml"), migration.configuration());
        var sources = new ConfigSources(Map.of(), Map.of(), Map.of(), directory, file);

        assertThatCode(() -> ConfigLoader.load(sources)).doesNotThrowAnyException();
    }

    private static String with(String path, JsonNode value) throws IOException {
        var root = (ObjectNode) JSON.readTree(ON);
        var names = path.split("\\.", -1);
        var group = root;
        for (int i = 0; i < names.length - 1; i++) {
            group =
                    names[i].endsWith("[0]")
                            ? (ObjectNode) group.get(names[i].replace("[0]", "")).get(0)
                            : group.withObject("/" + names[i]);
        }
        group.set(names[names.length - 1], value);
        return root.toString();
    }
}
