package dev.fanfare.apps.database;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
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

    private final DatabaseOptions options;
    private final HikariDataSource source;
    private final CompletableFuture<Jdbi> ready = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile String hindrance = "not ready yet";

    private Database(DatabaseOptions options) {
        this.options = options;
        source = ConnectionPool.of(options);
    }

    /** Returns at once; the database is ready later. */
    public static Database open(DatabaseOptions options) {
        var database = new Database(options);
        Thread.ofVirtual().name("database-opener").start(database::prepare);
        return database;
    }

    private void prepare() {
        do {
            try {
                ConnectionPool.prepare(options.place());
                migrate();
                ready.complete(Jdbi.create(source));
                LOG.info("database ready: {}", options.place());
                return;
            } catch (RuntimeException e) {
                hinder(Outage.reason(e));
            }
        } while (!isClosedMeanwhile());
    }

    /** Nobody is interrupted for it: H2 closes files whose reader is. */
    private boolean isClosedMeanwhile() {
        try {
            return closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** On connections of its own: what is wrong with the first one is known at once. */
    private void migrate() {
        Flyway.configure()
                .dataSource(source.getJdbcUrl(), source.getUsername(), source.getPassword())
                .jdbcProperties(properties(source.getDataSourceProperties()))
                .locations("classpath:dev/fanfare/apps/database/migration")
                .load()
                .migrate();
    }

    private static Map<String, String> properties(Properties properties) {
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    /** Said once, until there is another reason. */
    private void hinder(String reason) {
        if (!reason.equals(hindrance)) {
            LOG.warn("database not ready, tried again each second: {}", reason);
        }
        hindrance = reason;
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
            throw Outage.isBehind(failure)
                    ? new Unavailable(Outage.reason(failure), failure)
                    : failure;
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

    /** Waits for nobody. */
    @Override
    public void close() {
        closed.countDown();
        source.close();
    }

    /** For what needs plain JDBC: connections of the same pool. */
    public javax.sql.DataSource source() {
        return source;
    }
}
