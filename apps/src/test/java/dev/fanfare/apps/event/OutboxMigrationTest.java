package dev.fanfare.apps.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.apps.database.Database;
import dev.fanfare.client.jdbc.Outbox;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OutboxMigrationTest {
    @Test
    void isTheSchemaOfTheBackendLibrary() throws IOException {
        assertThat(migration("V3__outbox") + "\n" + migration("V9__outbox_event_name"))
                .isEqualTo(Outbox.schema());
    }

    private static String migration(String name) throws IOException {
        try (var migration =
                Objects.requireNonNull(
                        Database.class.getResourceAsStream("migration/" + name + ".sql"))) {
            return new String(migration.readAllBytes(), UTF_8);
        }
    }
}
