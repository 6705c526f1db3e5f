package dev.fanfare.harness;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL on a loopback port, in processes and a directory of its own. It can be ended
 * and started again with its data. Not thread-safe, but for {@link #newDatabase}.
 */
public final class PostgresProcess implements AutoCloseable {
    public static final String USER = "fanfare";
    public static final String PASSWORD = "correct horse";

    private static final long PATIENCE_SECONDS = 30;

    private static @Nullable PostgresProcess shared;

    private final int port;
    private final Path directory;
    private final AtomicInteger databases = new AtomicInteger();
    private @Nullable Process process;

    private PostgresProcess(int port, Path directory) {
        this.port = port;
        this.directory = directory;
    }

    /** Why there can be none on this machine, for a test to be skipped by; empty: there can. */
    public static Optional<String> hindrance() {
        return PostgresProgram.hindrance();
    }

    /** Returns when it answers. */
    public static PostgresProcess start() throws IOException {
        return startOn(RedisProcess.freePort());
    }

    public static PostgresProcess startOn(int port) throws IOException {
        var postgres = new PostgresProcess(port, PostgresProgram.dataDirectory());
        postgres.initialize();
        postgres.startAgain();
        return postgres;
    }

    /**
     * One for all tests of this process of Java, which take {@link #newDatabase} each and leave it
     * running.
     */
    public static synchronized PostgresProcess shared() throws IOException {
        var known = shared;
        if (known == null) {
            known = start();
            Runtime.getRuntime().addShutdownHook(new Thread(known::close));
            shared = known;
        }
        return known;
    }

    private void initialize() throws IOException {
        var password = Files.createTempFile("fanfare-postgres", ".password");
        try {
            Files.writeString(password, PASSWORD);
            password.toFile().setReadable(true, false);
            var made =
                    run(
                            "initdb",
                            List.of(
                                    "--pgdata=" + data(),
                                    "--username=" + USER,
                                    "--pwfile=" + password,
                                    "--auth=scram-sha-256",
                                    "--encoding=UTF8",
                                    "--locale=C",
                                    "--no-sync"));
            if (end(made) != 0) {
                throw new IOException("initdb fails:\n" + log());
            }
        } finally {
            Files.delete(password);
        }
    }

    /** On the same port, with its data. Returns when it answers. */
    public void startAgain() throws IOException {
        process =
                run(
                        "postgres",
                        List.of(
                                "-D",
                                data().toString(),
                                "-p",
                                String.valueOf(port),
                                "-c",
                                "listen_addresses=127.0.0.1",
                                "-c",
                                "unix_socket_directories=",
                                "-c",
                                "fsync=off"));
        awaitAnswer();
    }

    /** Both programs say what they have to say into one file. */
    private Process run(String program, List<String> arguments) throws IOException {
        return new ProcessBuilder(PostgresProgram.command(program, arguments))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                .start();
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path logFile() {
        return directory.resolve("postgres.log");
    }

    private String log() throws IOException {
        return Files.readString(logFile());
    }

    private void awaitAnswer() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!answers()) {
            if (!isRunning() || System.nanoTime() > deadline) {
                throw new IOException("PostgreSQL does not start:\n" + log());
            }
            RedisProcess.pause();
        }
    }

    private boolean answers() {
        try (var connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** To the database that is always there. */
    private Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl("postgres"), USER, PASSWORD);
    }

    private String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public int port() {
        return port;
    }

    /** Of the database that is always there, with user and password. */
    public String url() {
        return url("postgres");
    }

    /**
     * Makes an empty database, as a test wants for itself. Any thread.
     *
     * @return its address, with user and password
     */
    public String newDatabase() throws IOException {
        var name = "test_" + databases.incrementAndGet();
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IOException(e);
        }
        return url(name);
    }

    private String url(String database) {
        var password = PASSWORD.replace(" ", "%20");
        return "postgresql://" + USER + ":" + password + "@127.0.0.1:" + port + "/" + database;
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** As an administrator restarts it: whoever is connected is told, and all is written. */
    public void stop() throws IOException {
        var ending = requireNonNull(process);
        end(new ProcessBuilder("kill", "-INT", String.valueOf(ending.pid())).inheritIO().start());
        end(ending);
    }

    /** As {@code kill -9} of all its processes: without a last word. */
    public void kill() {
        var ending = requireNonNull(process);
        var workers = ending.descendants().toList();
        end(ending.destroyForcibly());
        workers.forEach(ProcessHandle::destroyForcibly);
        workers.forEach(worker -> worker.onExit().join());
    }

    @Override
    public void close() {
        if (isRunning()) {
            kill();
        }
        delete(directory);
    }

    /**
     * @return how it ended
     */
    static int end(Process ending) {
        try {
            if (ending.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return ending.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("process " + ending.pid() + " does not end");
    }

    static void delete(Path directory) {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException | UncheckedIOException left) {
            // a directory for temporary files: somebody else clears it
        }
    }
}
