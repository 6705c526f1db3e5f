package dev.fanfare.ably.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.fake.CountingEncoder;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.protocols.ably.Incoming;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a connection begins, is kept alive and ends. */
class LinkTest {
    private static final int MOST_WAITING =
            (int) (LinkNode.MAX_PENDING / CountingEncoder.OUTPUT_SIZE);

    private static final long CONNECTED = 4;
    private static final long DISCONNECTED = 6;
    private static final long ERROR = 9;

    private final LinkNode node = new LinkNode();

    @Test
    void tellsFirstHowItsClientIsConnected() {
        var told = node.client("clientId", "ann").told();

        assertThat(told.get("action")).isEqualTo(CONNECTED);
        assertThat(told.get("connectionId")).isEqualTo("connection1");
        assertThat(told.containsKey("error")).isFalse();
        var details = (Map<?, ?>) told.get("connectionDetails");
        assertThat(details.get("clientId")).isEqualTo("ann");
        assertThat((String) details.get("connectionKey")).matches("connection1![0-9a-f]{32}");
        assertThat(details.get("maxMessageSize")).isEqualTo(65_536L);
        assertThat(details.get("connectionStateTtl")).isEqualTo(120_000L);
        assertThat(details.get("maxIdleInterval")).isEqualTo(15_000L);
        assertThat(details.get("serverId")).isEqualTo("node1");
    }

    @Test
    void tellsWhoseCredentialsAreNoGoodSoAndEnds() {
        var client = node.client("key", "app001.key001:another");

        var told = client.told();
        assertThat(told.get("action")).isEqualTo(ERROR);
        assertThat(told.containsKey("channel")).isFalse();
        assertThat(code(told)).isEqualTo(40101L);
        assertThat(client.connection.closed()).isEqualTo(Disconnect.INVALID_TOKEN);
        assertThat(node.connected).isZero();
    }

    @Test
    void tellsWhatOfTheQueryMakesNoSense() {
        assertThat(code(node.client("format", "xml").told())).isEqualTo(40000L);
        assertThat(code(node.client("remainPresentFor", "long").told())).isEqualTo(40000L);
        assertThat(code(node.client("remainPresentFor", "-1").told())).isEqualTo(40000L);
    }

    @Test
    void passesOverParametersThatItDoesNotKnow() {
        assertThat(node.client("agent", "x/1", "anything", "else").told().get("action"))
                .isEqualTo(CONNECTED);
    }

    @Test
    void answersAHeartbeatWithItsIdAndTakesOneWithoutAsASign() {
        var client = connected();

        client.say("{\"action\":0,\"id\":\"ping7\"}");
        client.say("{\"action\":0}");

        assertThat(client.told()).isEqualTo(Map.of("action", 0L, "id", "ping7"));
    }

    @Test
    void givesWhatConcernsChannelsToItsAttachments() {
        var client = connected();

        client.say("{\"action\":12,\"channel\":\"news\"}");

        assertThat(node.attachments.getFirst().taken).containsExactly(new Incoming.Detach("news"));
    }

    @Test
    void pingsTheSocketWhileNothingIsSaid() {
        var client = connected();

        node.pass(Duration.ofSeconds(11));

        assertThat(client.heard()).containsExactly("ping");
        node.pass(Duration.ofSeconds(5));
        assertThat(client.heard()).isEmpty();
        node.pass(Duration.ofSeconds(6));
        assertThat(client.heard()).containsExactly("ping");
    }

    @Test
    void beatsInWordsForThoseWhoCannotSeePings() {
        var client = node.client("heartbeats", "true");
        client.heard();

        node.pass(Duration.ofSeconds(11));

        assertThat(client.heard()).containsExactly("{\"action\":0}", "ping");
    }

    @Test
    void losesWhoGivesNoSignOfLife() {
        var client = connected();

        for (int second = 0; second <= 30; second++) {
            node.pass(Duration.ofSeconds(1));
        }

        assertThat(client.connection.closed()).isEqualTo(Disconnect.NO_PONG);
        assertThat(node.connected).isZero();
        assertThat(node.attachments.getFirst().told).containsExactly("lost");
    }

    @Test
    void keepsWhoAnswersPings() {
        var client = connected();

        for (int second = 0; second <= 60; second++) {
            client.transport.heard();
            node.pass(Duration.ofSeconds(1));
        }

        assertThat(client.connection.closed()).isNull();
    }

    @Test
    void closesWhenAskedAndLeavesEverything() {
        var client = connected();

        client.say("[{\"action\":7},{\"action\":12,\"channel\":\"news\"}]");

        assertThat(client.told().get("action")).isEqualTo(8L);
        assertThat(client.connection.closed()).isEqualTo(Disconnect.CLOSED);
        assertThat(node.attachments.getFirst().told).containsExactly("end");
        assertThat(node.attachments.getFirst().taken).isEmpty();
        assertThat(node.entrance.size(node.here)).isZero();
    }

    @Test
    void failsOverWordsThatAreNone() {
        for (var words : new String[] {"{", "7", "{\"action\":\"attach\"}"}) {
            var client = connected();

            client.say(words);

            var told = client.told();
            assertThat(told.get("action")).isEqualTo(ERROR);
            assertThat(code(told)).isEqualTo(40000L);
            assertThat(client.connection.closed()).isEqualTo(Disconnect.BAD_REQUEST);
        }
        assertThat(node.entrance.size(node.here)).isZero();
    }

    @Test
    void failsOverTheOtherFormat() {
        var client = connected();

        client.transport.receive(new byte[] {(byte) 0x80});

        assertThat(code(client.told())).isEqualTo(40000L);
    }

    @Test
    void failsOverAFrameThatIsTooLarge() {
        var client = connected();

        client.transport.tooLarge(524_288);

        var told = client.told();
        assertThat(code(told)).isEqualTo(40009L);
        assertThat(message(told)).isEqualTo("frame: too large (expected: at most 524288 bytes)");
    }

    @Test
    void cutsOffAClientThatTakesNothingOfWhatIsTooMuchAndKeepsTheConnection() {
        var client = connected();
        client.connection.stall();

        ask(client, MOST_WAITING + 1);
        node.pass(Duration.ofMillis(Congestion.PATIENCE - 1));
        assertThat(client.connection.closed()).isNull();
        node.pass(Duration.ofMillis(1));

        assertThat(client.connection.closed()).isEqualTo(Disconnect.SLOW);
        assertThat(node.attachments.getFirst().told).containsExactly("lost");
        assertThat(node.entrance.size(node.here)).isEqualTo(1);
    }

    @Test
    void cutsOffAtOnceAClientForWhichMoreAndMoreWaits() {
        var client = connected();
        client.connection.stall();

        ask(client, MOST_WAITING + 1 + Congestion.MOST_ON_TOP * MOST_WAITING);
        assertThat(client.connection.closed()).isNull();
        ask(client, 1);

        assertThat(client.connection.closed()).isEqualTo(Disconnect.SLOW);
    }

    @Test
    void keepsAClientThatReadsABurstInTime() {
        var client = connected();
        for (int burst = 0; burst < 10; burst++) {
            client.connection.stall();
            ask(client, 2 * MOST_WAITING);
            node.pass(Duration.ofMillis(Congestion.PATIENCE - 1));
            client.connection.goOn();
        }

        assertThat(client.connection.closed()).isNull();
        assertThat(client.words()).hasSizeGreaterThanOrEqualTo(20 * MOST_WAITING);
    }

    private static void ask(LinkClient client, int times) {
        for (int i = 0; i < times; i++) {
            client.say("{\"action\":0,\"id\":\"" + i + "\"}");
        }
    }

    @Test
    void sendsItsClientsElsewhereWhenTheServerShutsDown() {
        var clients = new LinkClient[] {connected(), connected(), connected()};
        clients[0].transport.closed();

        node.entrance.sendAway(node.here, 2);

        assertThat(code(clients[1].told())).isEqualTo(80003L);
        assertThat(clients[2].told().get("action")).isEqualTo(DISCONNECTED);
        node.entrance.sendAway(node.here, 2);
        assertThat(node.entrance.size(node.here)).isZero();
        assertThat(node.attachments.getFirst().told).containsExactly("lost", "end");
    }

    private LinkClient connected() {
        var client = node.client();
        assertThat(client.told().get("action")).isEqualTo(CONNECTED);
        return client;
    }

    private static Object code(Map<?, ?> told) {
        return ((Map<?, ?>) told.get("error")).get("code");
    }

    private static String message(Map<?, ?> told) {
        return (String) ((Map<?, ?>) told.get("error")).get("message");
    }
}
