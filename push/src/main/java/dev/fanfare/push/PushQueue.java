package dev.fanfare.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/**
 * A table of notifications, written in the transaction of what they tell of: both are committed, or
 * neither. A {@link PushRelay} sends them.
 */
public final class PushQueue {
    /** In bytes of JSON, title and body and data together: the networks of devices take no more. */
    public static final int LARGEST = 4096;

    private PushQueue() {}

    /** The tables, as statements of SQL that H2 and PostgreSQL understand: for a migration. */
    public static String schema() {
        try (var script = PushQueue.class.getResourceAsStream("push.sql")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a device gets that, whatever its token is. */
    public static boolean fits(String title, String body, String data) {
        var longest = "x".repeat(DeviceTokens.LONGEST);
        return ExpoJson.message(new Notification(longest, title, body, data)).length <= LARGEST;
    }

    /**
     * Writes a notification for each of the user's devices. They are sent once the transaction has
     * been committed, and never after a rollback.
     *
     * @param data a JSON object
     * @return how many devices that are
     */
    public static int add(Handle transaction, String user, String title, String body, String data) {
        return transaction.execute(
                "insert into push_notification"
                        + " (token, title, body, data, created_at, attempts, send_at)"
                        + " select token, cast(? as varchar), cast(? as varchar),"
                        + " cast(? as varchar), current_timestamp, 0, current_timestamp"
                        + " from push_token where user_id = ?",
                title,
                body,
                data,
                user);
    }
}
