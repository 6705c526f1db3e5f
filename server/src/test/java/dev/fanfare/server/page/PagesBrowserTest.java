package dev.fanfare.server.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fanfare.server.NodeProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The pages of stories and of the API in Chromium, driven by Playwright; {@code stories.test.js}
 * and {@code docs.test.js} say what holds. Pictures are in {@code target/screenshots}.
 */
@Timeout(180)
class PagesBrowserTest {
    private static final Path SOURCE =
            Path.of("src/test/resources/dev/fanfare/server/page/browser");
    private static final Path PICTURES = Path.of("target/screenshots");

    @Test
    void peopleUseThePagesInABrowser() throws Exception {
        var chromium = Chromium.program();
        assumeTrue(chromium.isPresent(), "no Chromium on the PATH: apt-get install chromium");
        var project =
                NodeProject.install(
                        SOURCE,
                        Path.of("target/pages"),
                        ".npmrc",
                        "package.json",
                        "package-lock.json",
                        "chromium.js",
                        "docs.test.js",
                        "stories.test.js");
        Files.createDirectories(PICTURES);
        try (var server = EventsPageTest.start(Map.of("dev", "true", "shutdown.drain", "0s"))) {
            project.run(
                    Map.of(
                            "SERVER",
                            "http://127.0.0.1:" + server.port(),
                            "CHROMIUM",
                            chromium.get().toString(),
                            "PICTURES",
                            PICTURES.toAbsolutePath().toString()),
                    "node",
                    "--test",
                    "docs.test.js",
                    "stories.test.js");
        }
    }
}
