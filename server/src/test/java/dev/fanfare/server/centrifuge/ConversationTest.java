package dev.fanfare.server.centrifuge;

import dev.fanfare.server.NodeProject;
import dev.fanfare.server.config.Development;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded conversations, held with the server in both encodings. */
class ConversationTest {
    private static final Path DIRECTORY = Path.of("target/conversations");

    @ParameterizedTest
    @ValueSource(strings = {"json", "protobuf"})
    @Timeout(300)
    void answersAsRecorded(String encoding) throws Exception {
        var project =
                NodeProject.install(
                        CompatibleServer.RESOURCES,
                        DIRECTORY,
                        "package.json",
                        "package-lock.json",
                        "kit.js",
                        "client.proto",
                        "conversation.test.js",
                        "conversations/connecting.txt",
                        "conversations/subscribing.txt",
                        "conversations/channels.txt",
                        "conversations/users.txt");
        try (var server = CompatibleServer.start("conversations/fanfare.yaml")) {
            project.run(
                    "node",
                    "conversation.test.js",
                    "http://127.0.0.1:" + server.port(),
                    Development.TOKEN_SECRET,
                    Development.PUBLISH_TOKEN,
                    encoding);
        }
    }
}
