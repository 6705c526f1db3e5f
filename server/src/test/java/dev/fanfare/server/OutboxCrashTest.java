package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.fanfare.client.Event;
import dev.fanfare.client.HttpDelivery;
import dev.fanfare.client.PublishObserver;
import dev.fanfare.client.jdbc.Outbox;
import dev.fanfare.client.jdbc.OutboxRelay;
import dev.fanfare.harness.PostgresProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Backends with an outbox that are killed, on real databases, before a real server. */
@Timeout(60)
class OutboxCrashTest {
    private static RunningServer server;

    @TempDir private Path directory;
    private TestSocket socket;

    @BeforeAll
    static void startServer() {
        server = RunningServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void subscribe() {
        socket = server.subscriber("post:1");
    }

    @AfterEach
    void leave() {
        socket.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatWasCommittedBeforeACrashIsDeliveredByAnotherProcess(TestDatabase kind)
            throws Exception {
        var database = database(kind);
        try (var backend = BackendProcess.start("commit", database, address())) {
            backend.awaitLine("committed");
            backend.kill();
        }
        try (var source = open(database);
                var _ = relay(source)) {
            assertThat(socket.json().get("n").asInt()).isEqualTo(1);
            assertThat(count(source, "gift")).isEqualTo(1);
            awaitEmpty(source);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasSentBeforeACrashIsSentAgainAndDeliveredOnce(TestDatabase kind) throws Exception {
        var database = database(kind);
        try (var backend = BackendProcess.start("send", database, address())) {
            backend.awaitLine("sent");
            backend.kill();
        }
        assertThat(socket.json().get("n").asInt()).isEqualTo(1);
        try (var source = open(database)) {
            assertThat(count(source, "fanfare_outbox")).isEqualTo(1);
            var repeats = server.metric("fanfare_publications_total");
            try (var _ = relay(source)) {
                awaitEmpty(source);
                assertThat(server.metric("fanfare_publications_total")).isEqualTo(repeats + 1);
                add(source, 2);
                assertThat(socket.json().get("n").asInt()).isEqualTo(2);
            }
        }
    }

    @Test
    void oneOfTwoProcessesDrainsAndTheOtherTakesOverWhenItIsKilled() throws Exception {
        var database = database(TestDatabase.POSTGRES);
        var here = new AtomicInteger();
        try (var source = open(database);
                var backend = BackendProcess.start("relay", database, address())) {
            add(source, 1);
            awaitEmpty(source);
            var http = new HttpDelivery(BackendMain.config(address()));
            try (var _ =
                    OutboxRelay.start(
                            source,
                            event -> {
                                here.incrementAndGet();
                                return http.deliver(event);
                            },
                            BackendMain.OPTIONS,
                            PublishObserver.NONE)) {
                for (int n = 2; n <= 50; n++) {
                    add(source, n);
                }
                awaitEmpty(source);
                assertThat(here).hasValue(0);

                backend.kill();
                for (int n = 51; n <= 60; n++) {
                    add(source, n);
                }
                awaitEmpty(source);
                assertThat(here).hasValue(10);
            }
        }
        for (int n = 1; n <= 60; n++) {
            assertThat(socket.json().get("n").asInt()).isEqualTo(n);
        }
    }

    @Test
    void goesOnWhenItsDatabaseHasBeenRestarted() throws Exception {
        assumeTrue(PostgresProcess.hindrance().isEmpty());
        try (var postgres = PostgresProcess.start();
                var source = open(jdbc(postgres.url()));
                var _ = relay(source)) {
            add(source, 1);
            assertThat(socket.json().get("n").asInt()).isEqualTo(1);
            postgres.kill();
            postgres.startAgain();
            await().ignoreExceptions().untilAsserted(() -> add(source, 2));
            assertThat(socket.json().get("n").asInt()).isEqualTo(2);
        }
    }

    private static HikariDataSource open(String database) throws SQLException {
        var source = BackendMain.source(database);
        execute(source, "create table if not exists gift (id bigint primary key)");
        try (var connection = source.getConnection()) {
            Outbox.create(connection);
        }
        return source;
    }

    /** With the tables of the backend. */
    private String database(TestDatabase kind) throws Exception {
        var url =
                switch (kind) {
                    case H2 -> "jdbc:h2:file:" + directory.resolve("backend") + ";WRITE_DELAY=0";
                    case POSTGRES -> newDatabase();
                };
        open(url).close();
        return url;
    }

    private static String newDatabase() throws IOException {
        var hindrance = PostgresProcess.hindrance();
        assumeTrue(hindrance.isEmpty(), () -> hindrance.orElse(""));
        return jdbc(PostgresProcess.shared().newDatabase());
    }

    private static String jdbc(String url) {
        return "jdbc:"
                + url.replaceFirst("//[^@]+@", "//")
                + "?user="
                + PostgresProcess.USER
                + "&password="
                + PostgresProcess.PASSWORD.replace(" ", "%20");
    }

    private OutboxRelay relay(DataSource source) {
        return OutboxRelay.start(
                source,
                new HttpDelivery(BackendMain.config(address())),
                BackendMain.OPTIONS,
                PublishObserver.NONE);
    }

    private static String address() {
        return "http://127.0.0.1:" + server.port();
    }

    private static void add(DataSource source, int number) throws SQLException {
        try (var connection = source.getConnection()) {
            Outbox.add(
                    connection,
                    Event.ofJson("post:1", "{\"type\":\"gift.received\",\"n\":" + number + "}"));
        }
    }

    private static void awaitEmpty(DataSource source) {
        await().atMost(Duration.ofSeconds(20)).until(() -> count(source, "fanfare_outbox") == 0);
    }

    private static long count(DataSource source, String table) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void execute(DataSource source, String sql) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
