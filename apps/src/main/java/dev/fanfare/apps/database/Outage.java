package dev.fanfare.apps.database;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;

/** Tells a database that cannot now from one that says no. */
final class Outage {
    /** H2's own: closed, or about to be, because the process ends. */
    private static final Set<Integer> CLOSED = Set.of(90098, 90121);

    private static final Set<String> PASSING = Set.of("40001", "40P01", "53300", "55P03", "HYT00");

    private Outage() {}

    static boolean isBehind(JdbiException failure) {
        if (failure instanceof ConnectionException) {
            return true;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException
                    || cause instanceof SQLNonTransientConnectionException) {
                return true;
            }
            if (cause instanceof SQLException sql && isOutage(sql)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Class 08 is about connections, 57P0 about a server that ends or starts; 53300 says that it
     * has too many, the others that two waited for each other or one for too long, and nothing was
     * done (PostgreSQL, A; H2).
     */
    private static boolean isOutage(SQLException failure) {
        var state = String.valueOf(failure.getSQLState());
        return state.startsWith("08")
                || state.startsWith("57P0")
                || PASSING.contains(state)
                || CLOSED.contains(failure.getErrorCode());
    }

    /** The first line of what the database said, and no password. */
    static String reason(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        var message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        var line = message.lines().findFirst().orElse(message);
        return line.replaceAll("(?i)(password=)[^&\\s]*", "$1(hidden)");
    }
}
