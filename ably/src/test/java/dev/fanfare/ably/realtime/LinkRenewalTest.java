package dev.fanfare.ably.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.model.Disconnect;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of connections whose tokens end, or are replaced. */
class LinkRenewalTest {
    private static final long CONNECTED = 4;
    private static final long DISCONNECTED = 6;
    private static final long ERROR = 9;
    private static final long AUTH = 17;

    private final LinkNode node = new LinkNode();

    @Test
    void asksForAnotherTokenOnceAndInTime() {
        var client = connected(node.token(Duration.ofMinutes(1)));

        pass(client, 29);
        assertThat(client.words()).isEmpty();
        pass(client, 2);
        assertThat(client.told()).isEqualTo(Map.of("action", AUTH));
        pass(client, 20);
        assertThat(client.words()).isEmpty();
    }

    @Test
    void losesWhoHasNotComeWithOneAndLetsItComeBack() {
        var client = connected(node.token(Duration.ofSeconds(4)));

        pass(client, 3);
        assertThat(client.words()).isEmpty();
        pass(client, 1);

        var told = client.told();
        assertThat(told.get("action")).isEqualTo(DISCONNECTED);
        assertThat(code(told)).isEqualTo(40142L);
        assertThat(client.connection.closed()).isEqualTo(Disconnect.EXPIRED);
        assertThat(node.entrance.size(node.here)).isEqualTo(1);
    }

    @Test
    void doesNothingMoreForATokenThatHasEnded() {
        var client = connected(node.token(Duration.ofMillis(300)));
        node.clock.advance(Duration.ofMillis(300));

        client.say("{\"action\":12,\"channel\":\"news\"}");

        assertThat(code(client.told())).isEqualTo(40142L);
        assertThat(node.attachments.getFirst().taken).isEmpty();
    }

    @Test
    void goesOnWithAnotherToken() {
        var client = connected(node.token(Duration.ofMinutes(1)));

        auth(client, node.token(Duration.ofMinutes(3)));

        var told = client.told();
        assertThat(told.get("action")).isEqualTo(CONNECTED);
        assertThat(told.get("connectionId")).isEqualTo("connection1");
        assertThat(node.attachments.getFirst().told).containsExactly("access");
        pass(client, 100);
        assertThat(client.words()).isEmpty();
    }

    @Test
    void endsOverATokenThatIsNoGood() {
        var client = connected(node.token(Duration.ofMinutes(1)));

        auth(client, "nonsense");

        var told = client.told();
        assertThat(told.get("action")).isEqualTo(ERROR);
        assertThat(code(told)).isEqualTo(40143L);
        assertThat(node.entrance.size(node.here)).isZero();
    }

    @Test
    void endsOverATokenOfSomebodyElse() {
        var client = connected(node.token(Duration.ofMinutes(1), "clientId", "ann"));

        auth(client, node.token(Duration.ofMinutes(1), "clientId", "bob"));

        assertThat(code(client.told())).isEqualTo(40102L);
    }

    @Test
    void losesWhoseTokenIsRevoked() {
        var ann = connected(node.token(Duration.ofMinutes(1), "clientId", "ann"));
        var bob = connected(node.token(Duration.ofMinutes(1), "clientId", "bob"));
        node.clock.advance(Duration.ofSeconds(1));

        node.revoke("clientId:ann", false);
        pass(bob, 1);

        var told = ann.told();
        assertThat(told.get("action")).isEqualTo(DISCONNECTED);
        assertThat(code(told)).isEqualTo(40141L);
        assertThat(bob.words()).isEmpty();
    }

    @Test
    void asksForAnotherTokenBeforeOneIsRevoked() {
        var ann = connected(node.token(Duration.ofMinutes(5), "clientId", "ann"));
        var late = connected(node.token(Duration.ofMinutes(5), "clientId", "ann"));
        node.clock.advance(Duration.ofSeconds(1));

        node.revoke("clientId:ann", true);
        pass(ann, 1);
        assertThat(ann.told()).isEqualTo(Map.of("action", AUTH));
        assertThat(late.told()).isEqualTo(Map.of("action", AUTH));
        auth(ann, node.token(Duration.ofMinutes(5), "clientId", "ann"));
        assertThat(ann.told().get("action")).isEqualTo(CONNECTED);
        for (int second = 1; second < 30; second++) {
            late.transport.heard();
            pass(ann, 1);
        }

        assertThat(ann.words()).isEmpty();
        assertThat(code(late.told())).isEqualTo(40141L);
    }

    private LinkClient connected(String token) {
        var client = node.client("access_token", token);
        assertThat(client.told().get("action")).isEqualTo(CONNECTED);
        return client;
    }

    private static void auth(LinkClient client, String token) {
        client.say("{\"action\":17,\"auth\":{\"accessToken\":\"" + token + "\"}}");
    }

    /** So many seconds, in which the client is there. */
    private void pass(LinkClient client, int seconds) {
        for (int second = 0; second < seconds; second++) {
            client.transport.heard();
            node.pass(Duration.ofSeconds(1));
        }
    }

    private static Object code(Map<?, ?> told) {
        return ((Map<?, ?>) told.get("error")).get("code");
    }
}
