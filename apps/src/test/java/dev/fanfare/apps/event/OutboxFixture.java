package dev.fanfare.apps.event;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.fanfare.apps.TestDatabase;
import dev.fanfare.apps.database.DatabaseOptions.Place;
import dev.fanfare.client.Event;
import dev.fanfare.client.PublishObserver;
import dev.fanfare.client.jdbc.Outbox;
import dev.fanfare.client.jdbc.OutboxRelay;
import dev.fanfare.client.jdbc.RelayOptions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An outbox in a database of its own, relays that drain it, and what they deliver. */
abstract class OutboxFixture {
    static final Duration HOUR = Duration.ofHours(1);
    static final RelayOptions OPTIONS =
            RelayOptions.DEFAULT
                    .withPoll(Duration.ofMillis(20))
                    .withPauses(Duration.ofMillis(10), Duration.ofMillis(50));

    final HikariDataSource source;
    final RecordingDelivery delivery = new RecordingDelivery();
    final List<OutboxRelay> relays = new ArrayList<>();

    OutboxFixture(TestDatabase kind) {
        source = new HikariDataSource(pool(kind.place()));
    }

    private static HikariConfig pool(Place place) {
        var pool = new HikariConfig();
        pool.setMaximumPoolSize(4);
        pool.setAutoCommit(false);
        switch (place) {
            case Place.Memory() ->
                    pool.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
            case Place.Directory(var path) -> pool.setJdbcUrl("jdbc:h2:file:" + path);
            case Place.Postgres(var url, var user, var password) -> {
                pool.setJdbcUrl(url);
                pool.setUsername(user);
                pool.setPassword(password);
            }
        }
        return pool;
    }

    @BeforeEach
    void create() throws SQLException {
        for (int i = 0; i < 2; i++) {
            try (var connection = source.getConnection()) {
                Outbox.create(connection);
                connection.commit();
            }
        }
    }

    @AfterEach
    void close() {
        relays.forEach(OutboxRelay::close);
        source.close();
    }

    OutboxRelay start(RelayOptions options) {
        return start(options, PublishObserver.NONE);
    }

    OutboxRelay start(RelayOptions options, PublishObserver observer) {
        return start(delivery, options, observer);
    }

    OutboxRelay start(RecordingDelivery to, RelayOptions options, PublishObserver observer) {
        var relay = OutboxRelay.start(source, to, options, observer);
        relays.add(relay);
        return relay;
    }

    static Event event(String channel, String payload) {
        return Event.ofJson(channel, payload);
    }

    void add(Event... events) throws SQLException {
        try (var connection = source.getConnection()) {
            for (var event : events) {
                Outbox.add(connection, event);
            }
            connection.commit();
        }
    }

    void execute(String sql) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
            connection.commit();
        }
    }

    void awaitEmpty() {
        await().until(() -> rows("true") == 0);
    }

    long rows(String condition) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                "select count(*) from fanfare_outbox where " + condition)) {
            row.next();
            return row.getLong(1);
        }
    }
}
