package dev.fanfare.core.session;

import static dev.fanfare.core.session.FakeClient.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.session.UserCommand.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who is found, and that those who have gone are not. */
class UserDirectoryTest {
    private final Server server = new Server();

    UserDirectoryTest() {
        server.manyPerUser = true;
    }

    @Test
    void countsSessionsAndUsers() {
        server.connected("ann");
        server.connected("ann");
        server.connected("bob");
        server.connected("");
        server.connected("");
        assertThat(server.users.sessions()).isEqualTo(5);
        assertThat(server.users.users()).isEqualTo(3);
    }

    @Test
    void doesNotKnowThoseThatAreNotInYet() {
        var _ = server.client("ann").open();
        server.thread.runAll();
        assertThat(server.users.sessions()).isZero();
    }

    @Test
    void tellsAllConnectionsOfTheUserAndNobodyElse() {
        var ann = Stream.generate(() -> server.connected("ann")).limit(3).toList();
        var bob = server.connected("bob");
        var told = disconnect(Target.of("ann"));
        assertThat(told).isNotDone();
        server.thread.runAll();
        assertThat(told).isCompleted();
        assertThat(ann).allMatch(UserDirectoryTest::isCut);
        assertThat(bob).matches(client -> !isCut(client));
    }

    @Test
    void tellsTheOneConnectionThatIsMeant() {
        var meant = server.connected("ann");
        var other = server.connected("ann");
        var id = meant.session.client().client();
        disconnect(new Target("bob", id, ""));
        disconnect(new Target("ann", id, "unknown"));
        server.thread.runAll();
        assertThat(isCut(meant)).isFalse();
        disconnect(new Target("ann", id, ""));
        server.thread.runAll();
        assertThat(isCut(meant)).isTrue();
        assertThat(isCut(other)).isFalse();
    }

    @Test
    void isDoneWhereNobodyIsMeant() {
        assertThat(disconnect(Target.of("nobody"))).isCompleted();
    }

    @Test
    void sparesWhoIsNamed() {
        var spared = server.connected("ann");
        var other = server.connected("ann");
        var ids = Set.of(spared.session.client().client());
        server.users.tell(new UserCommand.Disconnect(Target.of("ann"), ids, Disconnect.FORCED));
        server.thread.runAll();
        assertThat(isCut(spared)).isFalse();
        assertThat(isCut(other)).isTrue();
    }

    @Test
    void endsAllThereAre() {
        var clients = Stream.of("ann", "ann", "bob", "").map(server::connected).toList();
        server.users.disconnectAll(Disconnect.FORCED);
        server.thread.runAll();
        assertThat(clients).allMatch(UserDirectoryTest::isCut);
        server.assertNothingIsLeft();
    }

    @Test
    void aDisconnectedClientIsAbsentWhenTheBackendHearsThatItIsDone() {
        server.connected("ann", wish("room:1"));
        var told = disconnect(Target.of("ann"));
        server.thread.runAll();
        assertThat(told).isCompleted();
        server.assertNothingIsLeft();
    }

    /** However they come and go, exactly those are found that are there. */
    @Test
    void findsExactlyThoseThatAreThere() {
        var random = new Random(7);
        var there = new ArrayList<FakeClient>();
        for (int count = 0; count < 1_000; count++) {
            if (there.isEmpty() || random.nextInt(5) < 3) {
                there.add(server.connected("user" + random.nextInt(4)));
            } else {
                Collections.swap(there, random.nextInt(there.size()), there.size() - 1);
                there.removeLast().session.closed(Disconnect.CLOSED);
            }
        }
        assertThat(server.users.sessions()).isEqualTo(there.size());
        for (int user = 0; user < 4; user++) {
            disconnect(Target.of("user" + user));
        }
        server.thread.runAll();
        assertThat(there).allMatch(UserDirectoryTest::isCut);
        server.assertNothingIsLeft();
    }

    @Test
    void staysTrueWhenSessionsOfAUserComeAndGoOnAllLoopsAtOnce() throws Exception {
        var users = new UserDirectory();
        var sessions = Stream.generate(() -> server.client("ann").session).limit(16).toList();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int first = 0; first < 16; first += 2) {
                var two = sessions.subList(first, first + 2);
                threads.execute(() -> comeAndGo(users, two));
            }
        }
        assertThat(users.sessions()).isZero();
        assertThat(users.users()).isZero();
    }

    private static void comeAndGo(UserDirectory users, List<Session> two) {
        for (int count = 0; count < 5_000; count++) {
            two.forEach(users::add);
            two.forEach(users::remove);
        }
    }

    private CompletionStage<Void> disconnect(Target target) {
        return server.users.tell(new UserCommand.Disconnect(target, Set.of(), Disconnect.FORCED));
    }

    private static boolean isCut(FakeClient client) {
        return Disconnect.FORCED.equals(client.connection.closed());
    }
}
