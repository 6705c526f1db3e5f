package dev.fanfare.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fanfare.apps.database.Database;
import dev.fanfare.apps.database.DatabaseOptions;
import dev.fanfare.apps.database.DatabaseOptions.Place;
import dev.fanfare.harness.PostgresProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import org.jdbi.v3.core.HandleCallback;

/**
 * A database of its own that a test puts things into before a server starts on it, and looks into
 * once that has ended: the embedded one is of one process at a time.
 */
final class ApplicationData implements AutoCloseable {
    private static final int POOL_SIZE = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Place place;
    private final String yaml;

    private ApplicationData(Place place, String setting) {
        this.place = place;
        yaml = "applications.enabled: true\n" + setting + "\n";
    }

    /** Empty. A test is skipped where it cannot run. */
    static ApplicationData on(TestDatabase kind) {
        try {
            return switch (kind) {
                case H2 -> {
                    var directory = Files.createTempDirectory("fanfare-data");
                    yield new ApplicationData(
                            new Place.Directory(directory), "database.directory: " + directory);
                }
                case POSTGRES -> {
                    var hindrance = PostgresProcess.hindrance();
                    assumeTrue(hindrance.isEmpty(), () -> hindrance.orElse(""));
                    var url = PostgresProcess.shared().newDatabase();
                    yield new ApplicationData(
                            new Place.Postgres(
                                    "jdbc:" + url.replaceFirst("//[^@]+@", "//"),
                                    PostgresProcess.USER,
                                    PostgresProcess.PASSWORD),
                            "database.url: " + url);
                }
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines of a configuration. */
    String yaml() {
        return yaml;
    }

    /** In one transaction, while no server runs on it. */
    <T> T within(HandleCallback<T, RuntimeException> work) {
        try (var database = Database.open(new DatabaseOptions(place, POOL_SIZE, PATIENCE))) {
            return database.inTransaction(work);
        }
    }

    @Override
    public void close() {
        if (place instanceof Place.Directory(var directory)) {
            delete(directory);
        }
    }

    private static void delete(Path directory) {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
