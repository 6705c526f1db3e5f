package dev.fanfare.client.jdbc;

import dev.fanfare.client.Transaction;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A data source whose connections know what to do after a commit. It goes around the pool, and the
 * program takes its connections from here.
 *
 * <pre>{@code
 * var source = CommitHooks.around(pool);
 * try (var connection = source.getConnection()) {
 *     connection.setAutoCommit(false);
 *     …
 *     publisher.publishAfterCommit(CommitHooks.transaction(connection), channel, message);
 *     connection.commit();
 * }
 * }</pre>
 *
 * <p>What counts are the methods of {@link Connection}: {@code COMMIT} as the text of a statement
 * is not seen.
 */
public final class CommitHooks implements DataSource {
    private final DataSource source;

    private CommitHooks(DataSource source) {
        this.source = source;
    }

    public static CommitHooks around(DataSource source) {
        return new CommitHooks(source);
    }

    /**
     * The transaction that this connection has open. Actions go with a rollback, with a rollback to
     * a savepoint before them, with a commit that fails, and when the connection is closed without
     * a commit. What an action itself writes on the connection, and what it asks for, belongs to
     * the next transaction: it waits for a commit of its own, unless statements are committed one
     * by one.
     *
     * @param connection one that comes from a {@code CommitHooks}, or that wraps one
     */
    public static Transaction transaction(Connection connection) {
        try {
            if (connection.isWrapperFor(Transaction.class)) {
                return connection.unwrap(Transaction.class);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("connection: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(
                "connection: "
                        + connection.getClass().getName()
                        + " (expected: one from CommitHooks.around(dataSource).getConnection())");
    }

    @Override
    public Connection getConnection() throws SQLException {
        return WatchedConnection.watch(source.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return WatchedConnection.watch(source.getConnection(user, password));
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return source.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        source.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        source.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return source.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return source.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> wanted) throws SQLException {
        return wanted.isInstance(source) ? wanted.cast(source) : source.unwrap(wanted);
    }

    @Override
    public boolean isWrapperFor(Class<?> wanted) throws SQLException {
        return wanted.isInstance(source) || source.isWrapperFor(wanted);
    }
}
