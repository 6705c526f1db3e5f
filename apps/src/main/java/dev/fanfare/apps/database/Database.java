package dev.fanfare.apps.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.fanfare.apps.database.DatabaseOptions.Place;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The applications' database: opened and migrated on a thread of its own, retried until it is
 * there. Who needs it before waits, for a bounded time. Any thread that may block.
 */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration VALIDATION = Duration.ofSeconds(2);

    private final DatabaseOptions options;
    private final HikariDataSource source;
    private final CompletableFuture<Jdbi> ready = new CompletableFuture<>();
    private final Thread opener;
    private volatile String hindrance = "not ready yet";

    private Database(DatabaseOptions options) {
        this.options = options;
        source = new HikariDataSource(pool(options));
        opener = Thread.ofVirtual().name("database-opener").unstarted(this::prepare);
    }

    /** Returns at once; the database is ready later. */
    public static Database open(DatabaseOptions options) {
        var database = new Database(options);
        database.opener.start();
        return database;
    }

    private static HikariConfig pool(DatabaseOptions options) {
        var pool = new HikariConfig();
        pool.setPoolName("fanfare");
        pool.setMaximumPoolSize(options.poolSize());
        pool.setConnectionTimeout(options.patience().toMillis());
        pool.setValidationTimeout(Math.min(VALIDATION.toMillis(), options.patience().toMillis()));
        pool.setInitializationFailTimeout(-1);
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        switch (options.place()) {
            case Place.Memory() ->
                    pool.setJdbcUrl(h2("mem:fanfare-" + UUID.randomUUID()) + ";DB_CLOSE_DELAY=-1");
            // What is committed is in the file at once; H2 itself would take half a second.
            case Place.Directory(var path) ->
                    pool.setJdbcUrl(
                            h2("file:" + path.resolve("fanfare").toAbsolutePath())
                                    + ";WRITE_DELAY=0");
            case Place.Postgres(var url, var user, var password) -> {
                pool.setJdbcUrl(url);
                if (!user.isEmpty()) {
                    pool.setUsername(user);
                    pool.setPassword(password);
                }
            }
        }
        return pool;
    }

    private static String h2(String place) {
        return "jdbc:h2:"
                + place
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=10000";
    }

    private void prepare() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Flyway.configure()
                        .dataSource(source)
                        .locations("classpath:dev/fanfare/apps/database/migration")
                        .load()
                        .migrate();
                ready.complete(Jdbi.create(source));
                LOG.info("database ready: {}", options.place());
                return;
            } catch (RuntimeException e) {
                if (source.isClosed()) {
                    return;
                }
                hindrance = reason(e);
                LOG.warn(
                        "database not ready, tried again in {} s: {}",
                        PAUSE.toSeconds(),
                        hindrance);
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException closed) {
                return;
            }
        }
    }

    private static String reason(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        var message = String.valueOf(cause.getMessage());
        return message.lines().findFirst().orElse(message);
    }

    /** Runs the task when the database is there: now, or later on the thread that has opened it. */
    public void whenReady(Runnable task) {
        var _ = ready.thenRun(task);
    }

    /** Why requests have to wait; empty: they need not. */
    public Optional<String> unready() {
        return ready.isDone() ? Optional.empty() : Optional.of(hindrance);
    }

    /**
     * All or nothing: what the callback throws rolls back, and comes out as it is.
     *
     * @throws Unavailable where the database does not answer
     */
    public <T extends @Nullable Object, X extends Exception> T inTransaction(
            HandleCallback<T, X> callback) throws X {
        return called(jdbi -> jdbi.inTransaction(callback));
    }

    /**
     * @throws Unavailable where the database does not answer
     */
    public <T extends @Nullable Object, X extends Exception> T read(HandleCallback<T, X> callback)
            throws X {
        return called(jdbi -> jdbi.withHandle(callback));
    }

    private interface Work<T extends @Nullable Object, X extends Exception> {
        T on(Jdbi jdbi) throws X;
    }

    private <T extends @Nullable Object, X extends Exception> T called(Work<T, X> work) throws X {
        try {
            return work.on(jdbi());
        } catch (JdbiException failure) {
            throw isOutage(failure) ? new Unavailable(reason(failure), failure) : failure;
        }
    }

    private Jdbi jdbi() {
        try {
            return ready.get(options.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Unavailable(hindrance, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted", e);
        }
    }

    private static boolean isOutage(JdbiException failure) {
        if (failure instanceof ConnectionException) {
            return true;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException
                    || cause instanceof SQLNonTransientConnectionException) {
                return true;
            }
            if (cause instanceof SQLException sql && isOutage(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** Class 08 is about connections, 57P0 about a server that ends or starts (PostgreSQL, A). */
    private static boolean isOutage(@Nullable String state) {
        return state != null && (state.startsWith("08") || state.startsWith("57P0"));
    }

    /** Waits for nobody. */
    @Override
    public void close() {
        opener.interrupt();
        source.close();
    }

    /** For what needs plain JDBC: connections of the same pool. */
    public javax.sql.DataSource source() {
        return source;
    }
}
