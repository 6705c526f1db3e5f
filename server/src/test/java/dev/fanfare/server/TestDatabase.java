package dev.fanfare.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fanfare.harness.PostgresProcess;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The databases that applications run on, by {@code @ParameterizedClass @EnumSource}. A test is
 * skipped where one cannot run.
 */
enum TestDatabase {
    H2,
    POSTGRES;

    /** Lines of a configuration with applications on a new, empty database. */
    String yaml() {
        return "applications.enabled: true\n"
                + switch (this) {
                    case H2 -> "";
                    case POSTGRES -> "database.url: " + postgres() + "\n";
                };
    }

    private static String postgres() {
        var hindrance = PostgresProcess.hindrance();
        assumeTrue(hindrance.isEmpty(), () -> hindrance.orElse(""));
        try {
            return PostgresProcess.shared().newDatabase();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
