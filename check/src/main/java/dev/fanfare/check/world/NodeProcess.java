package dev.fanfare.check.world;

import dev.fanfare.check.client.Address;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A node: the built server in a process of its own. It can be ended, frozen and started again on
 * the same port. Not thread-safe.
 */
final class NodeProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(20);
    private static final Duration GLANCE = Duration.ofSeconds(1);
    private static final List<String> FLAGS =
            List.of(
                    "-Xmx192m",
                    "-XX:+UseSerialGC",
                    "-XX:+UseCompactObjectHeaders",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    private final Address address;
    private final Path jar;
    private final Path configuration;
    private final Path log;
    private @Nullable Process process;

    private NodeProcess(Address address, Path jar, Path directory) {
        this.address = address;
        this.jar = jar;
        configuration = directory.resolve(address.node() + ".yaml");
        log = directory.resolve(address.node() + ".log");
    }

    /** Starts it, and does not wait until it is ready. */
    static NodeProcess start(Address address, Path jar, Path directory, String configuration)
            throws IOException {
        var node = new NodeProcess(address, jar, directory);
        Files.writeString(node.configuration, configuration);
        node.start();
        return node;
    }

    /** Where it listens, without any proxy. */
    Address address() {
        return address;
    }

    void start() throws IOException {
        var command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        jar.toString(),
                        "serve",
                        "--config",
                        configuration.toString());
        var all = new ArrayList<>(command);
        all.addAll(1, FLAGS);
        process =
                new ProcessBuilder(all)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
    }

    /**
     * Returns when it says that it is ready. Starts it again where it ends, as those do who look
     * after servers: without Redis a node does not start.
     */
    void awaitReady() throws IOException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!isReady()) {
            if (System.nanoTime() > deadline) {
                throw new IOException(address.node() + " does not get ready, see " + log);
            }
            if (process == null || !process.isAlive()) {
                start();
            }
            pause();
        }
    }

    boolean isReady() {
        try {
            var url = URI.create("http://127.0.0.1:" + address.port() + "/health/ready").toURL();
            var request = (HttpURLConnection) url.openConnection();
            request.setConnectTimeout((int) GLANCE.toMillis());
            request.setReadTimeout((int) GLANCE.toMillis());
            try {
                return request.getResponseCode() == 200;
            } finally {
                request.disconnect();
            }
        } catch (IOException notYet) {
            return false;
        }
    }

    /** As {@code kill -9}. */
    void kill() throws IOException {
        var ending = process;
        if (ending != null) {
            ending.destroyForcibly();
            awaitEnd(ending);
        }
    }

    /** As SIGTERM: it says goodbye to its clients. */
    void stop() throws IOException {
        var ending = process;
        if (ending != null) {
            ending.destroy();
            awaitEnd(ending);
        }
    }

    /** Stops its clock. */
    void freeze() throws IOException {
        signal("-STOP");
    }

    void thaw() throws IOException {
        signal("-CONT");
    }

    /** For whoever ends this JVM: does not wait. */
    void destroy() {
        var ending = process;
        if (ending != null) {
            ending.destroyForcibly();
        }
    }

    @Override
    public void close() throws IOException {
        kill();
    }

    private void signal(String signal) throws IOException {
        var running = process;
        if (running != null && running.isAlive()) {
            var pid = String.valueOf(running.pid());
            awaitEnd(new ProcessBuilder("kill", signal, pid).inheritIO().start());
        }
    }

    private static void awaitEnd(Process ending) throws IOException {
        try {
            if (!ending.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
                ending.destroyForcibly();
                throw new IOException("process " + ending.pid() + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
