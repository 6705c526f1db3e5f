package dev.fanfare.harness;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real Redis on a loopback port, in a process and a directory of its own. It can be ended, frozen
 * and started again, with or without its data. Not thread-safe.
 */
public final class RedisProcess implements AutoCloseable {
    /** The Redis servers there are. */
    public enum Version {
        REDIS_6("redis-server-6.2.6-v5-%s-amd64", "redis-server-6.2.7-%s-arm64"),
        REDIS_7("redis-server-7.0.15-%s-amd64", "redis-server-7.0.15-%s-arm64");

        private final String intel;
        private final String arm;

        Version(String intel, String arm) {
            this.intel = intel;
            this.arm = arm;
        }

        private String resource() {
            boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
            boolean isArm = System.getProperty("os.arch").contains("aarch64");
            return (isArm ? arm : intel).formatted(mac ? "darwin" : "linux");
        }
    }

    private static final long START_SECONDS = 20;
    private static final ConcurrentMap<Version, Path> PROGRAMS = new ConcurrentHashMap<>();

    private final Version version;
    private final int port;
    private final Path directory;
    private final List<String> arguments;
    private @Nullable Process process;

    private RedisProcess(Version version, int port, Path directory, List<String> arguments) {
        this.version = version;
        this.port = port;
        this.directory = directory;
        this.arguments = List.copyOf(arguments);
    }

    /** Keeps no data over a restart. Returns when it answers. */
    public static RedisProcess start(Version version, String... options) throws IOException {
        return startOn(freePort(), version, options);
    }

    /**
     * @param options as on Redis' command line: {@code "--requirepass", "secret"}
     */
    public static RedisProcess startOn(int port, Version version, String... options)
            throws IOException {
        var directory = Files.createTempDirectory("fanfare-redis");
        var arguments = new ArrayList<String>();
        arguments.addAll(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1"));
        arguments.addAll(List.of("--dir", directory.toString(), "--daemonize", "no"));
        arguments.addAll(List.of("--save", ""));
        arguments.addAll(List.of(options));
        return started(new RedisProcess(version, port, directory, arguments));
    }

    /** One that speaks nothing but TLS. */
    public static RedisProcess startTls(Version version, Certificate certificate)
            throws IOException {
        int port = freePort();
        var options = new ArrayList<>(List.of("--port", "0", "--tls-port", String.valueOf(port)));
        options.addAll(List.of("--tls-cert-file", certificate.file().toString()));
        options.addAll(List.of("--tls-key-file", certificate.key().toString()));
        options.addAll(List.of("--tls-ca-cert-file", certificate.file().toString()));
        options.addAll(List.of("--tls-auth-clients", "no"));
        return startOn(port, version, options.toArray(String[]::new));
    }

    /** A Sentinel, which alone decides that a primary is gone, after half a second. */
    public static RedisProcess startSentinel(Version version, String master, RedisProcess primary)
            throws IOException {
        int port = freePort();
        var directory = Files.createTempDirectory("fanfare-sentinel");
        var configuration = directory.resolve("sentinel.conf");
        Files.writeString(
                configuration,
                """
                port %2$d
                bind 127.0.0.1
                dir %3$s
                sentinel monitor %1$s 127.0.0.1 %4$d 1
                sentinel down-after-milliseconds %1$s 500
                sentinel failover-timeout %1$s 2000
                """
                        .formatted(master, port, directory, primary.port()));
        var arguments = List.of(configuration.toString(), "--sentinel");
        return started(new RedisProcess(version, port, directory, arguments));
    }

    private static RedisProcess started(RedisProcess redis) throws IOException {
        redis.start();
        return redis;
    }

    /** One that nobody listens on at the moment. */
    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public int port() {
        return port;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Where its data are. */
    public Path directory() {
        return directory;
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** On the same port, with what its directory holds. Returns when it answers. */
    public void start() throws IOException {
        var command = new ArrayList<String>();
        command.add(program(version).toString());
        command.addAll(arguments);
        var log = directory.resolve("redis.log").toFile();
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                        .start();
        awaitListening();
    }

    /** As {@code kill -9}: without a last word, and nothing more is written. */
    public void kill() {
        end(requireNonNull(process).destroyForcibly());
    }

    /** Ends it in order: it writes its data where it keeps any. */
    public void stop() {
        var ending = requireNonNull(process);
        ending.destroy();
        end(ending);
    }

    /** Ends it if it runs, deletes its data, and starts it. */
    public void restartEmpty() throws IOException {
        if (isRunning()) {
            kill();
        }
        deleteData();
        start();
    }

    /** Stops its clock: connections stay, nothing is answered. */
    public void freeze() throws IOException {
        signal("-STOP");
    }

    public void thaw() throws IOException {
        signal("-CONT");
    }

    /**
     * Says words to it, on a connection of their own.
     *
     * @return its answer: an array's members each on a line of their own
     */
    public String command(String... words) throws IOException {
        return RedisWords.say(port, words);
    }

    @Override
    public void close() {
        if (process != null) {
            end(process.destroyForcibly());
        }
        try {
            deleteData();
            Files.deleteIfExists(directory);
        } catch (IOException left) {
            // a directory for temporary files: somebody else clears it
        }
    }

    private void signal(String signal) throws IOException {
        var pid = String.valueOf(requireNonNull(process).pid());
        end(new ProcessBuilder("kill", signal, pid).inheritIO().start());
    }

    private static void end(Process ending) {
        try {
            if (!ending.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("process " + ending.pid() + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deleteData() throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void awaitListening() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!answers()) {
            if (!isRunning() || System.nanoTime() > deadline) {
                var log = Files.readString(directory.resolve("redis.log"));
                throw new IOException(version + " does not start:\n" + log);
            }
            pause();
        }
    }

    /** Any answer will do: one that wants a password or loads its data is there, too. */
    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1000);
            if (arguments.contains("--tls-port")) {
                return true;
            }
            socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
            var answer = new byte[64];
            int length = socket.getInputStream().read(answer);
            return length > 0 && !new String(answer, 0, length, US_ASCII).startsWith("-LOADING");
        } catch (IOException notYet) {
            return false;
        }
    }

    static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Unpacked once for each process of Java. */
    private static Path program(Version version) throws IOException {
        var known = PROGRAMS.get(version);
        if (known != null) {
            return known;
        }
        synchronized (PROGRAMS) {
            var unpacked = unpack(version);
            PROGRAMS.put(version, unpacked);
            return unpacked;
        }
    }

    private static Path unpack(Version version) throws IOException {
        var program = Files.createTempFile("redis-server", "");
        try (InputStream bytes =
                RedisProcess.class.getClassLoader().getResourceAsStream(version.resource())) {
            if (bytes == null) {
                throw new IOException("no Redis for this machine: " + version.resource());
            }
            Files.copy(bytes, program, StandardCopyOption.REPLACE_EXISTING);
        }
        program.toFile().deleteOnExit();
        if (!program.toFile().setExecutable(true)) {
            throw new IOException(program + " cannot be made a program");
        }
        return program;
    }
}
