package dev.fanfare.apps.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.apps.database.DatabaseOptions.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DirectoryTest {
    @TempDir private Path directory;

    /** What is on the disk the moment after a commit is what a killed process leaves behind. */
    @Test
    void whatIsCommittedIsInTheFile() throws IOException {
        var before = Files.createDirectory(directory.resolve("before"));
        var after = Files.createDirectory(directory.resolve("after"));
        try (var database = open(before)) {
            database.inTransaction(
                    handle ->
                            handle.execute(
                                    "insert into wallet (user_id, balance_cents) values (7, 5)"));
            Files.copy(before.resolve("fanfare.mv.db"), after.resolve("fanfare.mv.db"));
        }
        try (var database = open(after)) {
            assertThat(
                            database.<Long, RuntimeException>inTransaction(
                                    handle ->
                                            handle.select("select balance_cents from wallet")
                                                    .mapTo(long.class)
                                                    .one()))
                    .isEqualTo(5);
        }
    }

    private static Database open(Path place) {
        return Database.open(
                new DatabaseOptions(new Place.Directory(place), 4, Duration.ofSeconds(30)));
    }
}
