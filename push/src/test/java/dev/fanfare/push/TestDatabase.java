package dev.fanfare.push;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.fanfare.harness.PostgresProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;

/** The databases that everything is tested on. A test is skipped where one cannot run. */
enum TestDatabase {
    H2,
    POSTGRES;

    private static final String LIKE_POSTGRES =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;LOCK_TIMEOUT=10000";

    /** The address of a new one, with the tables. */
    String create(Path directory) {
        var url =
                switch (this) {
                    case H2 ->
                            "jdbc:h2:file:"
                                    + directory.resolve("push")
                                    + LIKE_POSTGRES
                                    + ";WRITE_DELAY=0";
                    case POSTGRES -> postgres();
                };
        try (var source = open(url)) {
            Jdbi.create(source)
                    .useHandle(handle -> handle.createScript(PushQueue.schema()).execute());
        }
        return url;
    }

    private static String postgres() {
        var hindrance = PostgresProcess.hindrance();
        assumeTrue(hindrance.isEmpty(), () -> hindrance.orElse(""));
        try {
            var url = PostgresProcess.shared().newDatabase().replaceFirst("//[^@]+@", "//");
            return "jdbc:"
                    + url
                    + "?user="
                    + PostgresProcess.USER
                    + "&password="
                    + PostgresProcess.PASSWORD.replace(" ", "%20");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static HikariDataSource open(String url) {
        var pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(4);
        return new HikariDataSource(pool);
    }
}
