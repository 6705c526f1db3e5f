package dev.fanfare.server;

import dev.fanfare.server.config.Development;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The package {@code @fanfare/realtime}: built, looked through, and its tests on this server. */
@Timeout(300)
class RealtimePackageTest {
    private static NodeProject project;

    @BeforeAll
    static void build() throws Exception {
        project = NodeProject.inPlace(Path.of("../js"), Path.of("target/js.log"));
        project.run("npm", "run", "build");
    }

    @Test
    void readsAsItShould() throws Exception {
        project.run("npm", "run", "lint");
    }

    @Test
    void worksWithThisServer() throws Exception {
        try (var server = RunningServer.start()) {
            var address = "127.0.0.1:" + server.port();
            project.run(
                    Map.of(
                            "FANFARE_API_URL",
                            "http://" + address,
                            "FANFARE_API_KEY",
                            Development.API_KEY,
                            "FANFARE_TOKEN_SECRET",
                            Development.TOKEN_SECRET,
                            "NEXT_PUBLIC_FANFARE_WS_URL",
                            "ws://" + address + "/connection/websocket"),
                    "npm",
                    "test");
        }
    }
}
