package dev.fanfare.apps.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.fanfare.apps.database.DatabaseOptions.Place;
import dev.fanfare.harness.PostgresProcess;
import dev.fanfare.harness.RedisProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** A PostgreSQL that comes late, goes, and comes back. */
@Timeout(60)
class PostgresOutageTest {
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(30);

    private static PostgresProcess postgres;

    @BeforeAll
    static void start() throws IOException {
        var hindrance = PostgresProcess.hindrance();
        assumeTrue(hindrance.isEmpty(), () -> hindrance.orElse(""));
        postgres = PostgresProcess.start();
    }

    @AfterAll
    static void stop() {
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    void requestsWaitForADatabaseThatComesLater() throws Exception {
        int port = RedisProcess.freePort();
        try (var database = open(port, PostgresProcess.PASSWORD, LONG);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> database.read(PostgresOutageTest::answer));
            awaitHindrance(database, "refused");
            assertThat(waiting).isNotDone();
            try (var late = PostgresProcess.startOn(port)) {
                assertThat(waiting.get()).isEqualTo(42);
                assertThat(database.unready()).isEmpty();
                assertThat(late.isRunning()).isTrue();
            }
        }
    }

    @Test
    void requestsWaitOnlySoLong() throws IOException {
        try (var database = open(RedisProcess.freePort(), PostgresProcess.PASSWORD, SHORT)) {
            assertThatThrownBy(() -> database.read(PostgresOutageTest::answer))
                    .isInstanceOf(Unavailable.class);
            awaitHindrance(database, "refused");
        }
    }

    @Test
    void isThereAgainAfterARestart() throws IOException {
        try (var database = open(postgres.port(), PostgresProcess.PASSWORD, SHORT)) {
            awaitReturn(database);
            write(database, "stopped");
            postgres.stop();
            assertThatThrownBy(() -> database.read(PostgresOutageTest::answer))
                    .isInstanceOf(Unavailable.class);
            postgres.startAgain();
            awaitReturn(database);
            assertThat(isWritten(database, "stopped")).isTrue();
        }
    }

    @Test
    void isUnavailableWhereItDiesInATransactionThatThenNeverWas() {
        try (var database = open(postgres.port(), PostgresProcess.PASSWORD, SHORT)) {
            awaitReturn(database);
            assertThatThrownBy(
                            () ->
                                    database.inTransaction(
                                            handle -> {
                                                handle.execute("create table killed (id int)");
                                                postgres.kill();
                                                postgres.startAgain();
                                                return answer(handle);
                                            }))
                    .isInstanceOf(Unavailable.class);
            awaitReturn(database);
            assertThat(isWritten(database, "killed")).isFalse();
        }
    }

    @Test
    void aWrongPasswordIsSaidAndNoPasswordIsLogged() {
        try (var log = new Everything();
                var database = open(postgres.port(), "wr0ng", SHORT)) {
            awaitHindrance(database, "FATAL: password authentication failed for user \"fanfare\"");
            assertThat(log.lines)
                    .anyMatch(line -> line.contains("not ready, tried again each second: FATAL"))
                    .noneMatch(line -> line.contains("wr0ng"));
        }
    }

    @Test
    void aPasswordInTheAddressIsNotLoggedEither() {
        var url =
                "jdbc:postgresql://127.0.0.1:"
                        + postgres.port()
                        + "/postgres?user=u&password=wr0ng";
        try (var log = new Everything();
                var database =
                        Database.open(
                                new DatabaseOptions(new Place.Postgres(url, "", ""), 1, SHORT))) {
            awaitHindrance(database, "FATAL");
            assertThat(log.lines).isNotEmpty().noneMatch(line -> line.contains("wr0ng"));
        }
    }

    private static Database open(int port, String password, Duration patience) {
        var url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        var place = new Place.Postgres(url, PostgresProcess.USER, password);
        return Database.open(new DatabaseOptions(place, 2, patience));
    }

    private static void awaitHindrance(Database database, String words) {
        await().untilAsserted(() -> assertThat(database.unready().orElse("")).contains(words));
    }

    private static void awaitReturn(Database database) {
        await().ignoreExceptions().until(() -> database.read(PostgresOutageTest::answer) == 42);
    }

    private static int answer(Handle handle) {
        return handle.createQuery("select 42").mapTo(Integer.class).one();
    }

    private static void write(Database database, String table) {
        database.inTransaction(handle -> handle.execute("create table " + table + " (id int)"));
    }

    private static boolean isWritten(Database database, String table) {
        return database.read(
                handle ->
                        handle.createQuery(
                                                "select count(*) from information_schema.tables"
                                                        + " where table_name = :table")
                                        .bind("table", table)
                                        .mapTo(Integer.class)
                                        .one()
                                > 0);
    }

    /** What is logged by anybody at any level, with stack traces. */
    private static final class Everything extends AppenderBase<ILoggingEvent>
            implements AutoCloseable {
        private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        private final Level before = root.getLevel();
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        Everything() {
            start();
            root.addAppender(this);
            root.setLevel(Level.TRACE);
        }

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
            for (var cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
                lines.add(String.valueOf(cause.getMessage()));
            }
        }

        @Override
        public void close() {
            root.setLevel(before);
            root.detachAppender(this);
        }
    }
}
