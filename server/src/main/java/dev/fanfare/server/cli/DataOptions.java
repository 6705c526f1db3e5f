package dev.fanfare.server.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say where the applications keep their data: one of them, or none. */
final class DataOptions {
    @ArgGroup(multiplicity = "0..1")
    private @Nullable Place place;

    private static final class Place {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                description =
                        "The directory of the applications' embedded database; made where there is"
                                + " none.")
        private @Nullable String directory;

        @Option(
                names = "--database",
                paramLabel = "URL",
                description =
                        "The applications' PostgreSQL: postgresql://user:password@host/database."
                                + " Others on this machine can see it here; DATABASE_URL they"
                                + " cannot.")
        private @Nullable String url;
    }

    /** By configuration key; empty: none is given. */
    Map<String, String> settings() {
        if (place == null) {
            return Map.of();
        }
        return place.url == null
                ? Map.of("database.directory", String.valueOf(place.directory))
                : Map.of("database.url", place.url);
    }
}
