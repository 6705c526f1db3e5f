package dev.fanfare.client.jdbc;

import static java.util.Objects.requireNonNull;

import dev.fanfare.client.AfterCommit;
import dev.fanfare.client.Transaction;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Passes everything on to a connection, and sees how its transactions end. Used by one thread at a
 * time, as the connection itself.
 */
final class WatchedConnection implements InvocationHandler {
    private final Connection connection;
    private final PendingActions pending = new PendingActions();

    private WatchedConnection(Connection connection) {
        this.connection = connection;
    }

    static Connection watch(Connection connection) {
        return (Connection)
                Proxy.newProxyInstance(
                        WatchedConnection.class.getClassLoader(),
                        new Class<?>[] {Connection.class, Transaction.class},
                        new WatchedConnection(connection));
    }

    @Override
    public @Nullable Object invoke(
            Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        var first = arguments == null || arguments.length == 0 ? null : arguments[0];
        return switch (method.getName()) {
            case "afterCommit" -> afterCommit((Runnable) requireNonNull(first));
            case "commit" -> commit();
            case "rollback" -> rollback(method, arguments, (Savepoint) first);
            case "setAutoCommit" -> setAutoCommit((Boolean) requireNonNull(first));
            case "setSavepoint" -> pending.mark((Savepoint) result(method, arguments));
            case "close", "abort" -> {
                pending.clear();
                yield call(method, arguments);
            }
            case "isWrapperFor" -> isOurs(first) || (Boolean) result(method, arguments);
            case "unwrap" -> isOurs(first) ? proxy : call(method, arguments);
            case "equals" -> isThis(first);
            case "hashCode" -> hashCode();
            default -> call(method, arguments);
        };
    }

    private boolean isThis(@Nullable Object other) {
        return other != null
                && Proxy.isProxyClass(other.getClass())
                && Proxy.getInvocationHandler(other).equals(this);
    }

    private static boolean isOurs(@Nullable Object wanted) {
        return Transaction.class.equals(wanted);
    }

    private @Nullable Object afterCommit(Runnable action) {
        boolean isOpen;
        try {
            isOpen = !connection.getAutoCommit();
        } catch (SQLException e) {
            throw new IllegalStateException("connection: " + e.getMessage(), e);
        }
        if (isOpen) {
            pending.add(action);
        } else {
            new AfterCommit(action).run();
        }
        return null;
    }

    /** After a failure nobody knows what was committed, and nothing of it is told. */
    private @Nullable Object commit() throws SQLException {
        var due = pending.take();
        connection.commit();
        run(due);
        return null;
    }

    /** What an action does on this connection is the next transaction's, and so are its actions. */
    private static void run(List<Runnable> due) {
        due.forEach(action -> new AfterCommit(action).run());
    }

    private @Nullable Object rollback(
            Method method, @Nullable Object @Nullable [] arguments, @Nullable Savepoint to)
            throws Throwable {
        if (to == null) {
            pending.clear();
            return call(method, arguments);
        }
        var result = call(method, arguments);
        pending.backTo(to);
        return result;
    }

    /** To switch it on in a transaction commits that (JDBC 4.3, section 10.1.1). */
    private @Nullable Object setAutoCommit(boolean on) throws SQLException {
        boolean commits = on && !connection.getAutoCommit();
        var due = commits ? pending.take() : List.<Runnable>of();
        connection.setAutoCommit(on);
        run(due);
        return null;
    }

    private Object result(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        return requireNonNull(call(method, arguments));
    }

    private @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
