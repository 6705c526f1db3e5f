package dev.fanfare.ably.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.core.model.Disconnect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How connections are continued, or why not. */
class LinkResumptionTest {
    private static final String UNKNOWN = "connection9!" + "0".repeat(32);

    private final LinkNode node = new LinkNode();

    @ParameterizedTest
    @ValueSource(strings = {"resume", "recover"})
    void goesOnWithTheKeyOfAConnectionThatWasLost(String parameter) {
        var client = node.client();
        var key = key(client.told());
        client.transport.closed();
        node.pass(Duration.ofSeconds(119));

        var told = node.client(parameter, key).told();

        assertThat(told.get("connectionId")).isEqualTo("connection1");
        assertThat(told.containsKey("error")).isFalse();
        assertThat(key(told)).isEqualTo(key);
        assertThat(node.attachments).hasSize(1);
        assertThat(node.attachments.getFirst().told).containsExactly("lost", "back");
    }

    @Test
    void goesOnAnotherEventLoop() {
        var client = node.client();
        var key = key(client.told());
        client.transport.closed();

        var again = node.client(node.there, "resume", key);
        again.say("{\"action\":12,\"channel\":\"news\"}");

        assertThat(again.connectionId()).isEqualTo("connection1");
        assertThat(node.entrance.size(node.here)).isZero();
        assertThat(node.entrance.size(node.there)).isEqualTo(1);
        assertThat(node.attachments.getFirst().taken).hasSize(1);
    }

    @Test
    void continuesThereWhatBeganHere() {
        var client = node.client();
        var key = key(client.told());
        var line = node.attachments.getFirst().line;
        var stage = new java.util.concurrent.CompletableFuture<String>();
        var ran = new java.util.ArrayList<String>();
        line.then(stage, (value, failure) -> ran.add(value + " with " + node.there.waiting()));
        node.client(node.there, "resume", key);

        stage.complete("done");
        node.here.runAll();

        assertThat(ran).isEmpty();
        node.there.runAll();
        assertThat(ran).containsExactly("done with 0");
    }

    @Test
    void cutsOffTheTransportThatIsStillOpen() {
        var client = node.client();
        var key = key(client.told());

        var again = node.client(node.there, "resume", key);

        assertThat(client.connection.closed()).isNotNull();
        assertThat(client.heard()).isEmpty();
        assertThat(again.connectionId()).isEqualTo("connection1");
        assertThat(node.connected).isEqualTo(1);
        client.transport.closed();
        client.say("{\"action\":7}");
        assertThat(node.entrance.size(node.there)).isEqualTo(1);
        assertThat(node.connected).isEqualTo(1);
    }

    @Test
    void isLostAgainWhereItsClientHasGoneMeanwhile() {
        var client = node.client();
        var key = key(client.told());
        client.transport.closed();
        var query = Map.of("key", LinkNode.KEY_TEXT, "resume", key);

        var gone = new LinkClient(node, node.there, query);
        gone.transport.closed();
        node.run();

        assertThat(node.connected).isZero();
        assertThat(node.client("resume", key).connectionId()).isEqualTo("connection1");
    }

    @Test
    void giveTheSameConnectionToTheLastOfSeveral() {
        var key = key(node.client().told());
        var query = Map.of("key", LinkNode.KEY_TEXT, "resume", key);

        var first = new LinkClient(node, node.there, query);
        var second = new LinkClient(node, node.here, query);
        node.run();

        assertThat(first.connection.closed()).isNotNull();
        assertThat(second.connectionId()).isEqualTo("connection1");
        assertThat(node.connected).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 6})
    void goesToEachInTurnOfSeveralOnOneLoop(int several) {
        var innocents = List.of(node.client(node.there), node.client(node.there));
        var key = key(node.client().told());
        var query = Map.of("key", LinkNode.KEY_TEXT, "resume", key);

        var clients = new ArrayList<LinkClient>();
        for (int i = 0; i < several; i++) {
            clients.add(new LinkClient(node, i % 3 == 2 ? node.here : node.there, query));
        }
        node.run();

        assertThat(clients).allSatisfy(each -> assertThat(each.words()).hasSize(1));
        assertThat(clients).filteredOn(each -> each.connection.closed() == null).hasSize(1);
        assertThat(node.connected).isEqualTo(3);
        assertThat(node.entrance.size(node.here) + node.entrance.size(node.there)).isEqualTo(3);
        node.entrance.sendAway(node.there, 3);
        assertThat(innocents).allSatisfy(each -> assertThat(each.connection.closed()).isNotNull());
    }

    @Test
    void isCountedWhereItIsOnItsWayTo() {
        var key = key(node.client().told());
        var query = Map.of("key", LinkNode.KEY_TEXT, "resume", key);
        var client = new LinkClient(node, node.there, query);
        node.here.runAll();

        assertThat(node.entrance.size(node.here)).isZero();
        assertThat(node.entrance.size(node.there)).isEqualTo(1);
        node.run();
        assertThat(client.words()).hasSize(1);
        assertThat(node.entrance.size(node.there)).isEqualTo(1);
    }

    @Test
    void isANewOneWhereItEndsOnItsWay() {
        var key = key(node.client().told());
        var query = Map.of("key", LinkNode.KEY_TEXT, "resume", key);
        var client = new LinkClient(node, node.there, query);
        node.here.runAll();

        node.attachments.getFirst().line.fail(Trouble.FAILURE);
        node.run();

        assertThat(code(client.told())).isEqualTo(80008L);
        assertThat(node.entrance.size(node.there)).isEqualTo(1);
        assertThat(node.connected).isEqualTo(1);
    }

    @Test
    void tellsTheClientToComeAgainWhereItFails() {
        var lost = node.client();
        var query = Map.of("key", LinkNode.KEY_TEXT, "resume", key(lost.told()));
        var client = new LinkClient(node, node.there, query);
        lost.say("{\"action\":7}");
        node.broken = true;

        assertThatThrownBy(node::run).isInstanceOf(IllegalStateException.class);
        node.run();

        var told = client.told();
        assertThat(told.get("action")).isEqualTo(6L);
        assertThat(code(told)).isEqualTo(50000L);
        assertThat(client.connection.closed()).isEqualTo(Disconnect.INTERNAL_ERROR);
    }

    @Test
    void isOverAfterTwoMinutes() {
        var client = node.client();
        var key = key(client.told());
        client.transport.closed();

        node.pass(Duration.ofMinutes(2));

        assertThat(node.attachments.getFirst().told).containsExactly("lost", "end");
        var told = node.client("resume", key).told();
        assertThat(told.get("connectionId")).isNotEqualTo("connection1");
        assertThat(code(told)).isEqualTo(80008L);
        assertThat(node.attachments.getLast().told).isEmpty();
    }

    @Test
    void tellsAKeyThatIsNoneFromOneThatIsNotKept() {
        assertThat(code(node.client("resume", "_____!ablyjs_test_fake-key____").told()))
                .isEqualTo(80018L);
        assertThat(code(node.client("recover", "").told())).isEqualTo(80018L);
        assertThat(code(node.client("recover", UNKNOWN).told())).isEqualTo(80008L);
    }

    @Test
    void isNotGivenToAnotherClientId() {
        var key = key(node.client("clientId", "ann").told());

        var told = node.client("clientId", "bob", "resume", key).told();

        assertThat(code(told)).isEqualTo(40102L);
        assertThat(told.get("connectionId")).isNotEqualTo("connection1");
        assertThat(node.connected).isEqualTo(2);
    }

    @Test
    void goesOnWithTheRightsOfWhoContinuesIt() {
        var token = node.token(Duration.ofMinutes(1), "clientId", "ann");
        var client = node.client("access_token", token);
        var key = key(client.told());
        client.transport.closed();
        var next =
                node.token(
                        Duration.ofMinutes(1),
                        "clientId",
                        "ann",
                        "capability",
                        "{\"news\":[\"subscribe\"]}");

        node.client("access_token", next, "resume", key);

        var access = node.attachments.getFirst().line.access();
        assertThat(access.capability().toString()).contains("news");
    }

    @Test
    void isKeptWhereItsClientOnlyDropsTheTransport() {
        var client = node.client();
        var key = key(client.told());

        client.say("{\"action\":5}");

        assertThat(client.connection.closed()).isNotNull();
        assertThat(node.client("resume", key).connectionId()).isEqualTo("connection1");
    }

    @Test
    void cannotBeContinuedOnceItIsClosed() {
        var client = node.client();
        var key = key(client.told());
        client.say("{\"action\":7}");

        assertThat(code(node.client("resume", key).told())).isEqualTo(80008L);
    }

    private static String key(Map<?, ?> told) {
        return (String) ((Map<?, ?>) told.get("connectionDetails")).get("connectionKey");
    }

    private static Object code(Map<?, ?> told) {
        return ((Map<?, ?>) told.get("error")).get("code");
    }
}
