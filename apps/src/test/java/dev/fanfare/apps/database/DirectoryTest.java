package dev.fanfare.apps.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fanfare.apps.database.DatabaseOptions.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database in files. */
@Timeout(60)
class DirectoryTest {
    @TempDir private Path parent;

    @Test
    void keepsItsDataInADirectoryOfItsOwn() throws IOException {
        var directory = parent.resolve("a/b");
        try (var database = DirectoryWriter.open(directory)) {
            DirectoryWriter.make(database);
        }
        try (var database = DirectoryWriter.open(directory)) {
            assertThat(DirectoryWriter.last(database)).isZero();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }

    @Test
    void whatIsCommittedSurvivesKill() throws Exception {
        try (var database = DirectoryWriter.open(parent)) {
            DirectoryWriter.make(database);
        }
        var writer = DirectoryWriter.start(parent);
        int committed = 0;
        try (var numbers = writer.inputReader(UTF_8)) {
            while (committed < 200) {
                committed = Integer.parseInt(numbers.readLine());
            }
            writer.toHandle().destroyForcibly();
            for (var line = numbers.readLine(); line != null; line = numbers.readLine()) {
                committed = Math.max(committed, Integer.parseInt(line));
            }
        }
        try (var database = DirectoryWriter.open(parent)) {
            assertThat(DirectoryWriter.last(database)).isGreaterThanOrEqualTo(committed);
        }
    }

    @Test
    void anotherProcessMayUseItMeanwhile() throws Exception {
        try (var database = DirectoryWriter.open(parent)) {
            DirectoryWriter.make(database);
            var writer = DirectoryWriter.start(parent);
            try (var numbers = writer.inputReader(UTF_8)) {
                assertThat(numbers.readLine()).isEqualTo("1");
                await().until(() -> DirectoryWriter.last(database) > 10);
            } finally {
                writer.destroyForcibly().waitFor();
            }
            assertThat(DirectoryWriter.last(database)).isGreaterThan(10);
        }
    }

    @Test
    void whereItCannotBeWrittenThatIsSaid() throws IOException {
        var file = Files.createFile(parent.resolve("file"));
        var options =
                new DatabaseOptions(
                        new Place.Directory(file.resolve("data")), 1, Duration.ofMillis(500));
        try (var database = Database.open(options)) {
            assertThatThrownBy(() -> database.read(handle -> 1))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageStartingWith("directory: " + file + "/data: cannot be made:");
            assertThat(database.unready().orElse("")).contains("expected: one to write to");
        }
    }
}
