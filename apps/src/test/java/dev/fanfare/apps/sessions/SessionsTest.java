package dev.fanfare.apps.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fanfare.apps.TestDatabase;
import dev.fanfare.apps.database.Database;
import dev.fanfare.push.PushQueue;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class SessionsTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration INTERVAL = Duration.ofHours(6);

    @Parameter private TestDatabase kind;
    private Database database;

    @BeforeEach
    void open() {
        database = kind.open();
        add("s1", List.of("alice", "bob"), NOON);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theTablesOfPushAreThoseOfItsModule() throws IOException {
        try (var migration =
                Objects.requireNonNull(
                        Database.class.getResourceAsStream("migration/V8__push.sql"))) {
            assertThat(new String(migration.readAllBytes(), UTF_8)).isEqualTo(PushQueue.schema());
        }
    }

    @Test
    void anIdIsTakenOnce() {
        assertThat(add("s1", List.of("carol"), NOON)).isFalse();
        assertThat(find("s1")).contains(new Session("s1", List.of("alice", "bob"), NOON));
    }

    @Test
    void membersComeAndGo() {
        database.<Void, RuntimeException>inTransaction(
                transaction -> {
                    Sessions.join(transaction, "s1", "carol", NOON.plusSeconds(1));
                    Sessions.join(transaction, "s1", "bob", NOON.plusSeconds(2));
                    Sessions.leave(transaction, "s1", "alice");
                    return null;
                });
        assertThat(find("s1").orElseThrow().members()).containsExactly("bob", "carol");
    }

    @Test
    void aUsersLatestSessionsComeFirst() {
        add("s2", List.of("bob"), NOON.plusSeconds(2));
        add("s3", List.of("bob"), NOON.plusSeconds(1));
        assertThat(of("bob", 2)).containsExactly("s2", "s3");
        assertThat(of("bob", 9)).containsExactly("s2", "s3", "s1");
        assertThat(of("nobody", 9)).isEmpty();
    }

    @Test
    void anIdAndAUserMayBeAsLongAsTheyMay() {
        var id = "😀".repeat(Session.LONGEST_ID);
        var user = "😀".repeat(512);
        add(id, List.of(user), NOON);
        assertThat(of(user, 9)).containsExactly(id);
    }

    @Test
    void aPartnerIsNudgedOnceInTheInterval() {
        assertThat(nudge("bob", NOON)).isEmpty();
        assertThat(nudge("bob", NOON.plus(Duration.ofHours(2)))).contains(Duration.ofHours(4));
        assertThat(nudge("alice", NOON)).isEmpty();
        assertThat(nudge("bob", NOON.plus(INTERVAL).minusSeconds(1)))
                .contains(Duration.ofSeconds(1));
        assertThat(nudge("bob", NOON.plus(INTERVAL))).isEmpty();
        assertThat(nudge("bob", NOON.plus(INTERVAL))).contains(INTERVAL);
    }

    @Test
    void ofManyNudgesAtOnceOneGoes() throws Exception {
        var answers = new ArrayList<Optional<Duration>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls =
                    IntStream.range(0, 8)
                            .mapToObj(i -> threads.submit(() -> nudge("bob", NOON)))
                            .toList();
            for (var call : calls) {
                answers.add(call.get());
            }
        }
        assertThat(answers).filteredOn(Optional::isEmpty).hasSize(1);
    }

    @CanIgnoreReturnValue
    private boolean add(String id, List<String> members, Instant at) {
        return database.inTransaction(
                transaction -> Sessions.add(transaction, new Session(id, members, at)));
    }

    private Optional<Session> find(String id) {
        return database.read(handle -> Sessions.find(handle, id));
    }

    private List<String> of(String user, int most) {
        return database.read(handle -> Sessions.of(handle, user, most));
    }

    private Optional<Duration> nudge(String partner, Instant at) {
        return database.inTransaction(
                transaction -> Sessions.nudge(transaction, "s1", partner, at, INTERVAL));
    }
}
