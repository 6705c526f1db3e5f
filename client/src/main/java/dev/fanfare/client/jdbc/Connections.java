package dev.fanfare.client.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Connections on which each statement is a transaction, whatever the pool's are like. */
final class Connections {
    private Connections() {}

    static Connection open(DataSource source) throws SQLException {
        var connection = source.getConnection();
        try {
            if (!connection.getAutoCommit()) {
                connection.setAutoCommit(true);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
