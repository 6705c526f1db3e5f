package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** A Node.js program among the test resources, run in a copy below {@code target}. */
public final class NodeProject {
    private final Path directory;
    private final Path log;

    private NodeProject(Path directory) {
        this.directory = directory;
        log = directory.resolveSibling(directory.getFileName() + ".log");
    }

    /** Copies the files and installs what they need; without Node.js the test is skipped. */
    public static NodeProject install(Path source, Path directory, String... files)
            throws IOException, InterruptedException {
        assumeTrue(isOnPath("node") && isOnPath("npm"), "no Node.js on the PATH");
        Files.createDirectories(directory);
        for (var file : files) {
            Files.copy(
                    source.resolve(file),
                    directory.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        var project = new NodeProject(directory);
        project.run("npm", "ci", "--no-audit", "--no-fund");
        return project;
    }

    /** Until it has ended well; otherwise the test fails with all that it printed. */
    public void run(String... command) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            assertThat(process.waitFor()).as(() -> printed(command)).isZero();
        } finally {
            process.destroy();
        }
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private String printed(String... command) {
        try {
            return String.join(" ", command) + ": " + Files.readString(log);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
