package dev.fanfare.apps.database;

import com.zaxxer.hikari.HikariDataSource;
import dev.fanfare.apps.database.DatabaseOptions.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.UUID;

/** Connections to one database, made when the first is asked for. */
final class ConnectionPool {
    private static final Duration VALIDATION = Duration.ofSeconds(2);
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /**
     * As PostgreSQL does it, where there is a choice; a commit waits for another's row that long.
     */
    private static final String LIKE_POSTGRES =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=10000";

    /** What is committed is written; other processes may join, over a loopback port. */
    private static final String IN_FILES = ";WRITE_DELAY=0;AUTO_SERVER=TRUE";

    private static final String IN_MEMORY = ";DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE";

    static {
        // Read once by H2, when it is first used: where it listens for other processes.
        System.getProperties().putIfAbsent("h2.bindAddress", "127.0.0.1");
    }

    private ConnectionPool() {}

    /** Makes no connection yet. */
    static HikariDataSource of(DatabaseOptions options) {
        var pool = new HikariDataSource();
        pool.setPoolName("fanfare");
        pool.setMaximumPoolSize(options.poolSize());
        pool.setConnectionTimeout(options.patience().toMillis());
        pool.setValidationTimeout(Math.min(VALIDATION.toMillis(), options.patience().toMillis()));
        pool.setInitializationFailTimeout(-1);
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        switch (options.place()) {
            case Place.Memory() ->
                    pool.setJdbcUrl(
                            "jdbc:h2:mem:fanfare-" + UUID.randomUUID() + LIKE_POSTGRES + IN_MEMORY);
            case Place.Directory(var path) ->
                    pool.setJdbcUrl("jdbc:h2:file:" + file(path) + LIKE_POSTGRES + IN_FILES);
            case Place.Postgres postgres -> reach(pool, postgres, options.patience());
        }
        return pool;
    }

    private static Path file(Path directory) {
        return directory.resolve("fanfare").toAbsolutePath();
    }

    /** Nobody waits for ever for a PostgreSQL that says nothing. */
    private static void reach(HikariDataSource pool, Place.Postgres postgres, Duration patience) {
        pool.setJdbcUrl(postgres.url());
        if (!postgres.user().isEmpty()) {
            pool.setUsername(postgres.user());
            pool.setPassword(postgres.password());
        }
        long silence = Math.max(CONNECT.toSeconds(), patience.toSeconds());
        pool.addDataSourceProperty("connectTimeout", String.valueOf(CONNECT.toSeconds()));
        pool.addDataSourceProperty("socketTimeout", String.valueOf(silence));
        pool.addDataSourceProperty("tcpKeepAlive", "true");
    }

    /**
     * What has to be there before the first connection.
     *
     * @throws UncheckedIOException that says why it cannot be
     */
    static void prepare(Place place) {
        if (place instanceof Place.Directory(var path)) {
            prepare(path.toAbsolutePath());
        }
    }

    private static void prepare(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                makeOurs(directory);
            }
        } catch (IOException e) {
            throw unusable(directory, "cannot be made: " + e);
        }
        if (!Files.isWritable(directory)) {
            throw unusable(directory, "not writable");
        }
    }

    private static UncheckedIOException unusable(Path directory, String why) {
        var message = "directory: %s: %s (expected: one to write to)".formatted(directory, why);
        return new UncheckedIOException(new IOException(message));
    }

    /** Nobody else on this machine reads it. */
    private static void makeOurs(Path directory) throws IOException {
        var parent = directory.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        if (posix) {
            var ours = PosixFilePermissions.fromString("rwx------");
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(ours));
        } else {
            Files.createDirectory(directory);
        }
    }
}
