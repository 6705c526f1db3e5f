package dev.fanfare.server.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fanfare.server.NodeProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The page of stories in Chromium, driven by Playwright; {@code stories.test.js} says what holds.
 * Its pictures are in {@code target/screenshots}.
 */
@Timeout(180)
class StoriesPageBrowserTest {
    private static final Path SOURCE =
            Path.of("src/test/resources/dev/fanfare/server/page/stories");
    private static final Path PICTURES = Path.of("target/screenshots");

    @Test
    void twoPeopleTryStoriesInABrowser() throws Exception {
        var chromium = Chromium.program();
        assumeTrue(chromium.isPresent(), "no Chromium on the PATH: apt-get install chromium");
        var project =
                NodeProject.install(
                        SOURCE,
                        Path.of("target/stories-page"),
                        ".npmrc",
                        "package.json",
                        "package-lock.json",
                        "stories.test.js");
        Files.createDirectories(PICTURES);
        try (var server = EventsPageTest.start(Map.of("dev", "true", "shutdown.drain", "0s"))) {
            project.run(
                    Map.of(
                            "PAGE",
                            "http://127.0.0.1:" + server.port() + "/stories",
                            "CHROMIUM",
                            chromium.get().toString(),
                            "PICTURES",
                            PICTURES.toAbsolutePath().toString()),
                    "node",
                    "--test",
                    "stories.test.js");
        }
    }
}
