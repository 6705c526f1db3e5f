package dev.fanfare.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Disconnect;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who stays of one user's connections on several nodes, whose claims all hear in one order. */
class UserSessionsTest {
    private final Server here = new Server();
    private final Server there = new Server();

    UserSessionsTest() {
        there.clientPrefix = "far";
        here.hearsItsClaims = false;
        there.hearsItsClaims = false;
    }

    @Test
    void theNewestReplacesOneOnAnotherNode() {
        var older = here.connected("ann");
        allHear(here.claims);
        var newer = there.connected("ann");
        assertThat(isReplaced(older)).isFalse();
        allHear(there.claims);
        assertThat(isReplaced(older)).isTrue();
        assertThat(isReplaced(newer)).isFalse();
        assertThat(here.rivals.size()).isZero();
    }

    @Test
    void ofTwoAtOnceTheOneWithTheLaterClaimStays() {
        var first = here.connected("ann");
        var second = there.connected("ann");
        allHear(Stream.concat(there.claims.stream(), here.claims.stream()).toList());
        assertThat(isReplaced(second)).isTrue();
        assertThat(isReplaced(first)).isFalse();
    }

    @Test
    void doesNotMindAClaimThatComesTwice() {
        var client = here.connected("ann");
        allHear(here.claims);
        allHear(here.claims);
        assertThat(isReplaced(client)).isFalse();
    }

    @Test
    void oneThatWasReplacedBeforeItWasInEndsWhenItIs() {
        var older = here.client("ann");
        var opened = older.open();
        allHear(here.claims);
        var newer = there.connected("ann");
        allHear(there.claims);
        assertThat(opened).isCompletedWithValue(List.of());
        assertThat(isReplaced(older)).isFalse();
        older.session.start();
        here.thread.runAll();
        assertThat(isReplaced(older)).isTrue();
        assertThat(isReplaced(newer)).isFalse();
        assertThat(here.rivals.size()).isZero();
    }

    @Test
    void forgetsOneThatNeverCameIn() {
        var client = here.client("ann");
        var _ = client.open();
        client.session.closed(Disconnect.CLOSED);
        allHear(here.claims);
        assertThat(here.rivals.size()).isZero();
    }

    @Test
    void doesNotReplaceConnectionsOfOthers() {
        var bob = here.connected("bob");
        allHear(here.claims);
        there.connected("ann");
        allHear(there.claims);
        assertThat(isReplaced(bob)).isFalse();
    }

    @Test
    void claimsNothingForNobody() {
        here.connected("");
        assertThat(here.claims).isEmpty();
    }

    /** The claims are heard by each node in their order, but when it likes. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void oneStaysHoweverLateTheClaimsAreHeard(long seed) {
        var random = new Random(seed);
        var nodes = List.of(here, there);
        var placed = new ArrayList<ClientInfo>();
        var heard = new int[2];
        var clients = new ArrayList<FakeClient>();
        for (int step = 0; step < 300; step++) {
            int at = random.nextInt(2);
            var node = nodes.get(at);
            switch (random.nextInt(3)) {
                case 0 -> clients.add(node.connected("ann"));
                case 1 -> {
                    placed.addAll(node.claims);
                    node.claims.clear();
                }
                default -> {
                    if (heard[at] < placed.size()) {
                        hear(node, placed.get(heard[at]++));
                    }
                }
            }
        }
        for (int at = 0; at < 2; at++) {
            placed.addAll(nodes.get(at).claims);
        }
        for (int at = 0; at < 2; at++) {
            var node = nodes.get(at);
            placed.subList(heard[at], placed.size()).forEach(claim -> hear(node, claim));
        }
        assertThat(clients).filteredOn(client -> !isReplaced(client)).hasSize(1);
        var last = placed.getLast().client();
        assertThat(clients)
                .filteredOn(client -> client.session.client().client().equals(last))
                .noneMatch(UserSessionsTest::isReplaced);
    }

    private void allHear(List<ClientInfo> claims) {
        for (var claim : List.copyOf(claims)) {
            hear(here, claim);
            hear(there, claim);
        }
    }

    private static void hear(Server node, ClientInfo claim) {
        node.rivals.claimed(claim.user(), claim.client());
        node.thread.runAll();
    }

    private static boolean isReplaced(FakeClient client) {
        return Disconnect.REPLACED.equals(client.connection.closed());
    }
}
