package dev.fanfare.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;

/** A {@link BackendMain} that runs until it is killed. */
final class BackendProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private BackendProcess(Process process) {
        this.process = process;
        output = process.inputReader(UTF_8);
    }

    static BackendProcess start(String what, String database, String server) {
        try {
            return new BackendProcess(
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-cp",
                                    TerminationTest.classPath(),
                                    "-XX:TieredStopAtLevel=1",
                                    "-Xmx128m",
                                    "dev.fanfare.server.BackendMain",
                                    what,
                                    database,
                                    server)
                            .redirectErrorStream(true)
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when it has said so. */
    void awaitLine(String wanted) {
        var said = new ArrayList<String>();
        try {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                said.add(line);
                if (line.equals(wanted)) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("it never said " + wanted + ", but " + said);
    }

    /** As {@code kill -9}: without a last word. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
