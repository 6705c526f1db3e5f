package dev.fanfare.client.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;

/** The rows of the outbox. Each call is a transaction of its own. */
record OutboxTable(DataSource source) {
    private static final int LONGEST_REASON = 2_000;

    /** How many rows there are, and how old the oldest is that can still be sent. */
    record State(long waiting, Duration oldest, long parked) {
        static final State EMPTY = new State(0, Duration.ZERO, 0);
    }

    /**
     * The oldest rows that may be sent, oldest first.
     *
     * @param except channels whose rows are not wanted now
     */
    List<Entry> read(int most, Collection<String> except) throws SQLException {
        var others = except.isEmpty() ? "" : " and channel not in (" + marks(except.size()) + ")";
        var sql =
                "select id, event_id, channel, payload, exclude_user_id, event_name"
                        + " from fanfare_outbox where parked_at is null"
                        + others
                        + " order by id limit "
                        + most;
        try (var connection = open();
                var statement = connection.prepareStatement(sql)) {
            int place = 1;
            for (var channel : except) {
                statement.setString(place++, channel);
            }
            try (var rows = statement.executeQuery()) {
                var entries = new ArrayList<Entry>();
                while (rows.next()) {
                    entries.add(
                            new Entry(
                                    rows.getLong(1),
                                    rows.getString(2),
                                    rows.getString(3),
                                    rows.getString(4),
                                    rows.getString(5),
                                    rows.getString(6)));
                }
                return entries;
            }
        }
    }

    void delete(Collection<Entry> entries) throws SQLException {
        try (var connection = open();
                var statement =
                        connection.prepareStatement(
                                "delete from fanfare_outbox where id in ("
                                        + marks(entries.size())
                                        + ")")) {
            int place = 1;
            for (var entry : entries) {
                statement.setLong(place++, entry.id());
            }
            statement.executeUpdate();
        }
    }

    /** Keeps it, but for people alone. */
    void park(Entry entry, String reason) throws SQLException {
        try (var connection = open();
                var statement =
                        connection.prepareStatement(
                                "update fanfare_outbox set parked_at = current_timestamp,"
                                        + " parked_reason = ? where id = ?")) {
            statement.setString(1, storable(reason));
            statement.setLong(2, entry.id());
            statement.executeUpdate();
        }
    }

    /** PostgreSQL has no form for the character 0, which a server may quote. */
    private static String storable(String reason) {
        var whole = reason.replace('\0', '\uFFFD');
        return whole.substring(0, Math.min(whole.length(), LONGEST_REASON));
    }

    State state() throws SQLException {
        try (var connection = open();
                var statement =
                        connection.prepareStatement(
                                "select count(*) filter (where parked_at is null),"
                                        + " min(created_at) filter (where parked_at is null),"
                                        + " count(*) filter (where parked_at is not null),"
                                        + " current_timestamp from fanfare_outbox");
                var row = statement.executeQuery()) {
            row.next();
            var oldest = row.getObject(2, OffsetDateTime.class);
            var now = row.getObject(4, OffsetDateTime.class);
            var age = oldest == null ? Duration.ZERO : Duration.between(oldest, now);
            return new State(
                    row.getLong(1), age.isNegative() ? Duration.ZERO : age, row.getLong(3));
        }
    }

    private Connection open() throws SQLException {
        return Connections.open(source);
    }

    private static String marks(int count) {
        return String.join(",", Collections.nCopies(count, "?"));
    }
}
