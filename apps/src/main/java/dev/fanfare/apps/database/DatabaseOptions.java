package dev.fanfare.apps.database;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Which database, and how patiently.
 *
 * @param poolSize connections at most
 * @param patience how long a request waits for a database that is not ready, or for a connection
 */
public record DatabaseOptions(Place place, int poolSize, Duration patience) {
    /** Where the data are. */
    public sealed interface Place {
        /** In this process, gone with it. */
        record Memory() implements Place {}

        /** In files of this directory, for this process. */
        record Directory(Path path) implements Place {}

        /**
         * On a PostgreSQL.
         *
         * @param url {@code jdbc:postgresql:…}
         * @param user empty: what the URL says
         * @param password likewise
         */
        record Postgres(String url, String user, String password) implements Place {
            /** Without the password. */
            @Override
            public String toString() {
                return "Postgres[" + url.replaceAll("\\?.*", "") + "]";
            }
        }
    }
}
