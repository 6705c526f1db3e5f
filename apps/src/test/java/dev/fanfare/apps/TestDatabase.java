package dev.fanfare.apps;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fanfare.apps.database.Database;
import dev.fanfare.apps.database.DatabaseOptions;
import dev.fanfare.apps.database.DatabaseOptions.Place;
import dev.fanfare.harness.PostgresProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * The databases that everything is tested on, by {@code @ParameterizedClass @EnumSource}. Each call
 * makes one that is empty; a test is skipped where it cannot run.
 */
public enum TestDatabase {
    H2,
    POSTGRES;

    private static final int POOL_SIZE = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The test's to close. */
    public Database open() {
        return Database.open(new DatabaseOptions(place(), POOL_SIZE, PATIENCE));
    }

    public Place place() {
        return switch (this) {
            case H2 -> new Place.Memory();
            case POSTGRES -> postgres();
        };
    }

    private static Place postgres() {
        var hindrance = PostgresProcess.hindrance();
        assumeTrue(hindrance.isEmpty(), () -> hindrance.orElse(""));
        try {
            var url = PostgresProcess.shared().newDatabase().replaceFirst("//[^@]+@", "//");
            return new Place.Postgres(
                    "jdbc:" + url, PostgresProcess.USER, PostgresProcess.PASSWORD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
