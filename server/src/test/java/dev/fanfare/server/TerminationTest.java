package dev.fanfare.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.server.access.Secret;
import dev.fanfare.server.access.TokenMaker;
import dev.fanfare.server.config.Development;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process of its own gets SIGTERM while backends publish and clients come. */
@Timeout(60)
class TerminationTest {
    private static final Pattern PORT = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/");
    private static final int CLIENTS = 300;
    private static final TestSocket.Ending SHUTDOWN = new TestSocket.Ending(3001, "shutdown");

    @TempDir private Path directory;
    private Process process;
    private BufferedReader output;
    private int port;
    private ExecutorService threads;

    @BeforeEach
    void start() throws IOException {
        threads = Executors.newVirtualThreadPerTaskExecutor();
        process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                classPath(),
                                "-XX:TieredStopAtLevel=1",
                                "-Dfanfare.shutdown.drain=1s",
                                "dev.fanfare.server.Main",
                                "serve",
                                "--dev",
                                "--port",
                                "0")
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .start();
        output = process.inputReader(UTF_8);
        port = port();
    }

    @AfterEach
    void stop() {
        process.destroyForcibly();
        threads.close();
    }

    @Test
    void everyClientIsTold() throws Exception {
        var target = "/ws?channels=post:1&token=" + token();
        var clients = new ArrayList<Future<TestSocket.Ending>>();
        var connected = new CountDownLatch(CLIENTS);
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(threads.submit(() -> heardUntilTheEnd(target, connected)));
        }
        assertThat(connected.await(20, TimeUnit.SECONDS)).isTrue();
        var publishing = threads.submit(this::publishUntilRefused);
        var newcomers = new ArrayList<Future<TestSocket.Ending>>();
        for (int i = 0; i < 4; i++) {
            newcomers.add(threads.submit(() -> comeUntilRefused(target)));
        }

        long began = System.nanoTime();
        process.destroy();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        long took = (System.nanoTime() - began) / 1_000_000;

        for (var client : clients) {
            assertThat(client.get()).isEqualTo(SHUTDOWN);
        }
        for (var newcomer : newcomers) {
            assertThat(newcomer.get()).isEqualTo(SHUTDOWN);
        }
        assertThat(publishing.get()).isPositive();
        assertThat(process.exitValue()).isEqualTo(128 + 15);
        assertThat(took).isLessThan(5_000);
    }

    private TestSocket.Ending heardUntilTheEnd(String target, CountDownLatch connected) {
        try (var socket = TestSocket.open(RunningServer.connect(port), target)) {
            connected.countDown();
            return socket.ending();
        }
    }

    /** One connection after the other; how those ended that the server ended: all the same. */
    private TestSocket.Ending comeUntilRefused(String target) throws Exception {
        var endings = new ArrayList<Callable<TestSocket.Ending>>();
        try {
            while (endings.size() < 2_000) {
                var wire = RunningServer.connect(port);
                TestSocket.ask(wire, target);
                var socket = TestSocket.answered(wire);
                if (socket.isEmpty()) {
                    break;
                }
                endings.add(socket.get()::ending);
            }
        } catch (UncheckedIOException refused) {
            // the port is closed
        }
        var last = SHUTDOWN;
        for (var ending : endings) {
            var each = ending.call();
            last = each.equals(SHUTDOWN) ? last : each;
        }
        return last;
    }

    private int publishUntilRefused() {
        int published = 0;
        try (var wire = RunningServer.connect(port)) {
            while (process.isAlive()) {
                RunningServer.publish(
                        wire, "{\"channel\":\"post:1\",\"payload\":{\"type\":\"gift.received\"}}");
                published++;
            }
        } catch (UncheckedIOException ended) {
            // the server has gone
        }
        return published;
    }

    private static String token() {
        return new TokenMaker(new Secret(Development.TOKEN_SECRET), InstantSource.system())
                .make("42", Duration.ofHours(1), Map.of());
    }

    private int port() throws IOException {
        var seen = new StringBuilder();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            seen.append(line).append('\n');
            var matcher = PORT.matcher(line + "/");
            if (matcher.find()) {
                return Integer.parseInt(matcher.group(1));
            }
        }
        throw new AssertionError("no port in:\n" + seen);
    }

    static String classPath() {
        var path =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(path.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
