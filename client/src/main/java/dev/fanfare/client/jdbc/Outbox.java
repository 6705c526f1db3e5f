package dev.fanfare.client.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.client.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;

/**
 * A table of events, written in the transaction of what they tell of: both are committed, or
 * neither. An {@link OutboxRelay} sends them.
 */
public final class Outbox {
    /** In characters. */
    private static final int LONGEST_PAYLOAD = 1_000_000;

    private static final String INSERT =
            "insert into fanfare_outbox (event_id, channel, payload, exclude_user_id, event_name)"
                    + " values (?, ?, ?, ?, ?)";

    private Outbox() {}

    /** The tables, as statements of SQL that H2 and PostgreSQL understand: for a migration. */
    public static String schema() {
        try (var script = Outbox.class.getResourceAsStream("outbox.sql")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the tables where there are none, for programs without migrations. */
    public static void create(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : schema().split(";\\s*\n", -1)) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
        }
    }

    /**
     * Writes an event. It is sent once the connection's transaction has been committed, and never
     * after a rollback.
     *
     * <p>Events of one channel are sent in the order in which they were added, where one
     * transaction was committed before the other added its own.
     */
    public static void add(Connection connection, Event event) throws SQLException {
        int length = event.payload().length();
        if (length > LONGEST_PAYLOAD) {
            throw new IllegalArgumentException(
                    "payload: "
                            + length
                            + " characters (expected: at most "
                            + LONGEST_PAYLOAD
                            + " in the outbox)");
        }
        try (var statement = connection.prepareStatement(INSERT)) {
            statement.setString(1, event.id());
            statement.setString(2, event.channel());
            statement.setString(3, event.payload());
            statement.setString(4, event.excludeUserId());
            statement.setString(5, event.name());
            statement.executeUpdate();
        }
    }
}
