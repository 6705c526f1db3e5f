package dev.fanfare.client.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The right to do something that one node does at a time: the only row of a table with {@code
 * holder} and {@code expires_at}. The database's clock decides when it ends, and the holder counts
 * from before it asked, so it stops before another begins. On one thread only.
 */
public final class Lease {
    private final String holder = UUID.randomUUID().toString();
    private final DataSource source;
    private final String table;
    private final Duration duration;
    private long heldUntil = System.nanoTime();
    private long nextAttempt = System.nanoTime();

    /**
     * @param table its name, as it stands in a statement
     */
    public Lease(DataSource source, String table, Duration duration) {
        this.source = source;
        this.table = table;
        this.duration = duration;
    }

    public boolean isHeld() {
        return heldUntil - System.nanoTime() > 0;
    }

    /** Takes it or keeps it, where it is time to ask for it. */
    public boolean hold() throws SQLException {
        long now = System.nanoTime();
        if (now - nextAttempt >= 0) {
            boolean taken;
            try (var connection = Connections.open(source)) {
                taken = take(connection);
            }
            nextAttempt = now + duration.toNanos() / 3;
            heldUntil = taken ? now + duration.toNanos() : now;
        }
        return isHeld();
    }

    private boolean take(Connection connection) throws SQLException {
        var now = now(connection);
        try (var statement =
                connection.prepareStatement(
                        "update "
                                + table
                                + " set holder = ?, expires_at = ?"
                                + " where holder = ? or expires_at < ?")) {
            statement.setString(1, holder);
            statement.setObject(2, now.plus(duration));
            statement.setString(3, holder);
            statement.setObject(4, now);
            return statement.executeUpdate() == 1;
        }
    }

    private static OffsetDateTime now(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select current_timestamp");
                var row = statement.executeQuery()) {
            row.next();
            return row.getObject(1, OffsetDateTime.class);
        }
    }

    /** Another node may go on at once. */
    public void release() throws SQLException {
        if (!isHeld()) {
            return;
        }
        heldUntil = System.nanoTime();
        try (var connection = Connections.open(source);
                var statement =
                        connection.prepareStatement(
                                "update "
                                        + table
                                        + " set holder = '',"
                                        + " expires_at = current_timestamp where holder = ?")) {
            statement.setString(1, holder);
            statement.executeUpdate();
        }
    }
}
