package dev.fanfare.core.session;

import static dev.fanfare.core.session.FakeClient.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.access.Identity;
import dev.fanfare.core.fake.CountingEncoder;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.session.SessionRules.Heartbeat;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Why sessions end, and that nothing is left of them. */
class SessionEndTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Server server = new Server();

    @Test
    void cutsASlowClientAndNobodyElse() {
        var slow = server.connected("ann", wish("room:1"));
        var quick = server.connected("bob", wish("room:1"));
        slow.connection.stall();
        long room = Server.RULES.maxPendingBytes() / CountingEncoder.OUTPUT_SIZE;
        for (int count = 0; count < room; count++) {
            server.publish("room:1", "1");
            server.thread.runAll();
        }
        assertThat(slow.connection.closed()).isNull();
        server.publish("room:1", "1");
        server.thread.runAll();
        assertThat(slow.connection.closed()).isEqualTo(Disconnect.SLOW);
        assertThat(quick.hears()).hasSize((int) room + 1);
        assertThat(server.hub.channels()).isEqualTo(1);
    }

    /** A kernel that pauses makes them all slow together. */
    @Test
    void cutsAnyNumberOfSlowClientsAtOnce() {
        var clients =
                Stream.generate(() -> server.connected("", wish("room:1"))).limit(10_000).toList();
        clients.forEach(client -> client.connection.stall());
        for (int count = 0; count < 11; count++) {
            server.publish("room:1", "1");
        }
        server.thread.runAll();
        assertThat(clients).allMatch(client -> Disconnect.SLOW.equals(client.connection.closed()));
        server.assertNothingIsLeft();
    }

    @Test
    void expiresWithItsTokenAndNotBefore() {
        long expiresAt = server.clock.millis() + 5_000;
        var client = server.client(new Identity("ann", Map.of(), expiresAt), Server.RULES);
        client.connect(wish("news:1"));
        server.sweepAfter(Duration.ofMillis(4_999));
        assertThat(client.connection.closed()).isNull();
        server.sweepAfter(Duration.ofMillis(1));
        assertThat(client.connection.closed()).isEqualTo(Disconnect.EXPIRED);
        server.assertNothingIsLeft();
    }

    @Test
    void takesNoCommandAfterItsTokenHasExpired() {
        var client =
                server.client(
                        new Identity("ann", Map.of(), server.clock.millis() + 5_000), Server.RULES);
        client.connect();
        server.clock.advance(Duration.ofSeconds(5));
        client.ask(new Command.Ping());
        assertThat(client.hears()).containsExactly("disconnected 3005");
        assertThat(client.connection.closed()).isEqualTo(Disconnect.EXPIRED);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE / 1000 + 1, Long.MAX_VALUE - 1, Identity.NEVER})
    void livesWithATokenThatLastsForAges(long expiresAt) {
        var client = server.client(new Identity("ann", Map.of(), expiresAt), Server.RULES);
        client.connect();
        server.loop.sweep();
        assertThat(client.connection.closed()).isNull();
    }

    @Test
    void pingsAndEndsAClientThatDoesNotAnswer() {
        var client = server.connected("ann");
        server.sweepAfter(Duration.ofSeconds(25));
        assertThat(client.hears()).containsExactly("ping");
        server.sweepAfter(Duration.ofSeconds(10));
        assertThat(client.connection.closed()).isNull();
        server.sweepAfter(Duration.ofMillis(1));
        assertThat(client.connection.closed()).isEqualTo(Disconnect.NO_PONG);
    }

    @Test
    void takesAnySignOfLifeForAnAnswer() {
        var client = server.connected("ann");
        for (int count = 0; count < 4; count++) {
            server.sweepAfter(Duration.ofSeconds(25));
            assertThat(client.hears()).contains("ping");
            if (count % 2 == 0) {
                client.session.heard();
            } else {
                client.ask(new Command.Ping());
            }
        }
        server.sweepAfter(Duration.ofSeconds(11));
        assertThat(client.connection.closed()).isNull();
    }

    @Test
    void doesNotTakeWhatWasSaidBeforeThePingForAnAnswer() {
        var client = server.connected("ann");
        server.clock.advance(Duration.ofSeconds(25));
        client.session.heard();
        server.loop.sweep();
        server.sweepAfter(Duration.ofSeconds(11));
        assertThat(client.connection.closed()).isEqualTo(Disconnect.NO_PONG);
    }

    @Test
    void endsASilentClientThoughPingsAreSentMoreOftenThanAnswersAreDue() {
        var client = heartbeat(new Heartbeat(Duration.ofSeconds(4), Duration.ofSeconds(10)));
        for (int second = 0; second < 15; second++) {
            server.sweepAfter(Duration.ofSeconds(1));
        }
        assertThat(client.connection.closed()).isEqualTo(Disconnect.NO_PONG);
    }

    @Test
    void expectsNoAnswerOnAOneWayTransport() {
        var client = heartbeat(new Heartbeat(Duration.ofSeconds(25), null));
        server.sweepAfter(MINUTE);
        server.sweepAfter(MINUTE);
        assertThat(client.hears()).containsExactly("ping", "ping");
        assertThat(client.connection.closed()).isNull();
    }

    private FakeClient heartbeat(Heartbeat heartbeat) {
        var rules = Server.RULES;
        var client =
                server.client(
                        new Identity("", Map.of(), Identity.NEVER),
                        new SessionRules(
                                rules.maxChannels(),
                                rules.maxWaiting(),
                                rules.maxPendingBytes(),
                                rules.maxRecovered(),
                                null,
                                heartbeat));
        client.connect();
        return client;
    }

    @Test
    void replacesAnOlderSessionOfItsUser() {
        var older = server.connected("ann", wish("room:1"));
        var other = server.connected("bob");
        var newer = server.connected("ann");
        assertThat(older.connection.closed()).isEqualTo(Disconnect.REPLACED);
        assertThat(older.hears()).containsExactly("disconnected 4501");
        assertThat(newer.connection.closed()).isNull();
        assertThat(other.connection.closed()).isNull();
        assertThat(server.rivals.size()).isEqualTo(2);
    }

    @Test
    void replacesNoAnonymousSession() {
        var older = server.connected("");
        server.connected("");
        assertThat(older.connection.closed()).isNull();
    }

    @Test
    void isForgottenByItsUserWhenItEndsAsItStarts() {
        for (int count = 0; count < 8; count++) {
            server.publish("news:1", "1");
            server.publish("news:2", "1");
        }
        var client = server.client("ann");
        client.connection.stall();
        var start = server.publish("news:1", "1");
        var since1 = new StreamPosition(start.epoch(), 1);
        var since2 = new StreamPosition(server.publish("news:2", "1").epoch(), 1);
        client.connect(new Wish("news:1", since1), new Wish("news:2", since2));
        assertThat(client.connection.closed()).isEqualTo(Disconnect.SLOW);
        server.assertNothingIsLeft();
    }

    @Test
    void leavesNothingBehind() {
        var gone = server.connected("ann", wish("news:1"), wish("room:1"), wish("private:ann"));
        var cut = server.connected("bob", wish("room:1"));
        server.broker.beLate();
        cut.subscribe("news:1");
        cut.subscribe("news:2");
        gone.session.closed(Disconnect.CLOSED);
        cut.session.disconnect(Disconnect.SHUTDOWN);
        server.broker.answerAll();
        server.publish("room:1", "1");
        assertThat(cut.hears()).containsExactly("disconnected 3001");
        server.assertNothingIsLeft();
    }

    @Test
    void endsOnce() {
        var client = server.connected("ann", wish("news:1"));
        client.session.disconnect(Disconnect.SHUTDOWN);
        client.session.disconnect(Disconnect.SLOW);
        client.session.closed(Disconnect.CLOSED);
        client.session.disconnectSoon(Disconnect.REPLACED);
        client.ask(new Command.Ping());
        assertThat(client.hears()).containsExactly("disconnected 3001");
        assertThat(client.session.closedBecause()).isEqualTo(Disconnect.SHUTDOWN);
    }
}
