package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;

/** A Node.js program that a test runs, and what it has installed. */
public final class NodeProject {
    private final Path directory;
    private final Path log;

    private NodeProject(Path directory, Path log) {
        this.directory = directory;
        this.log = log;
    }

    /**
     * One among the test resources, of which a copy below {@code target} is run: copies the files
     * and installs what they need. Without Node.js the test is skipped.
     */
    public static NodeProject install(Path source, Path directory, String... files)
            throws IOException, InterruptedException {
        requireNode();
        Files.createDirectories(directory);
        for (var file : files) {
            var copy = directory.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(source.resolve(file), copy, StandardCopyOption.REPLACE_EXISTING);
        }
        var log = directory.resolveSibling(directory.getFileName() + ".log");
        var project = new NodeProject(directory, log);
        project.installPackages();
        return project;
    }

    /**
     * One that is run where it is; what it needs is installed where that has not been done since it
     * changed. Without Node.js the test is skipped.
     */
    public static NodeProject inPlace(Path directory, Path log)
            throws IOException, InterruptedException {
        requireNode();
        var project = new NodeProject(directory, log);
        if (!project.isInstalled()) {
            project.installPackages();
        }
        return project;
    }

    private static void requireNode() {
        assumeTrue(isOnPath("node") && isOnPath("npm"), "no Node.js on the PATH");
    }

    private boolean isInstalled() throws IOException {
        var installed = directory.resolve("node_modules/.package-lock.json");
        return Files.exists(installed)
                && Files.getLastModifiedTime(installed)
                                .compareTo(
                                        Files.getLastModifiedTime(
                                                directory.resolve("package-lock.json")))
                        >= 0;
    }

    private void installPackages() throws IOException, InterruptedException {
        run("npm", "ci", "--no-audit", "--no-fund");
    }

    public void run(String... command) throws IOException, InterruptedException {
        run(Map.of(), command);
    }

    /**
     * Until it has ended well; otherwise the test fails with all that it printed.
     *
     * @param environment added to this process's own
     */
    public void run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
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
