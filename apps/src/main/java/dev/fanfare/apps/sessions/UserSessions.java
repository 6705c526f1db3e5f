package dev.fanfare.apps.sessions;

import dev.fanfare.apps.database.Database;
import java.util.List;

/** The sessions that a user's tokens open. */
public record UserSessions(Database database) {
    /** The latest: a token that names more does not fit into a request's first line. */
    static final int MOST = 40;

    /** Their ids. Waits for the database. */
    public List<String> of(String user) {
        return database.read(handle -> Sessions.of(handle, user, MOST));
    }
}
