package dev.fanfare.core.session;

import static dev.fanfare.core.session.FakeClient.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.channel.Draft;
import dev.fanfare.core.model.StreamPosition;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is published on a channel with history without being kept. */
class UnkeptPublicationTest {
    private static final String NEWS = "news:1";
    private static final Draft.Terms UNKEPT = new Draft.Terms(Map.of(), false, true, null);

    private final Server server = new Server();
    private StreamPosition first;

    @BeforeEach
    void publishOne() {
        first = server.publish(NEWS, "1");
    }

    @Test
    void hasNoPosition() {
        assertThat(server.publish(NEWS, "2", UNKEPT)).isEqualTo(StreamPosition.NONE);
    }

    @Test
    void isHeardInItsPlaceAndIsNoGap() {
        var client = server.connected("ann", wish(NEWS));
        int reads = server.broker.historyReads();
        server.publish(NEWS, "2");
        server.publish(NEWS, "unkept", UNKEPT);
        server.publish(NEWS, "3");
        server.publish(NEWS, "4");
        assertThat(client.hears()).containsExactly("2", "unkept", "3", "4");
        assertThat(server.broker.historyReads()).isEqualTo(reads);
    }

    @Test
    void movesNobody() {
        var client = server.connected("ann", wish(NEWS));
        server.publish(NEWS, "unkept", UNKEPT);
        server.broker.lose(each -> each.position().offset() == 2);
        server.publish(NEWS, "2");
        server.publish(NEWS, "3");
        assertThat(client.hears()).containsExactly("unkept", "2", "3");
    }

    @Test
    void isNotReplayed() {
        server.publish(NEWS, "unkept", UNKEPT);
        server.publish(NEWS, "2");
        var client = server.connected("ann");
        client.subscribe(NEWS, first);
        assertThat(client.hears()).containsExactly("1 RECOVERED at 2 2");
    }

    @Test
    void isHeldBackInOrderWhileItsSubscriberJoins() {
        var client = server.connected("ann");
        server.broker.afterHistory(
                () -> {
                    server.publish(NEWS, "2");
                    server.publish(NEWS, "unkept", UNKEPT);
                    server.publish(NEWS, "3");
                });
        client.subscribe(NEWS);
        assertThat(client.hears()).containsExactly("1 NOT_ASKED at 1", "2", "unkept", "3");
    }

    @Test
    void isNotLostWhenItArrivesBehindAGap() {
        var client = server.connected("ann");
        server.broker.lose(each -> each.position().offset() == 2);
        server.broker.afterHistory(
                () -> {
                    server.publish(NEWS, "2");
                    server.publish(NEWS, "3");
                    server.publish(NEWS, "unkept", UNKEPT);
                });
        client.subscribe(NEWS);
        assertThat(client.hears()).containsExactly("1 NOT_ASKED at 1", "2", "3", "unkept");
    }

    @Test
    void isNotLostWhileAGapIsFilled() {
        var client = server.connected("ann", wish(NEWS));
        server.broker.lose(each -> each.position().offset() == 2);
        server.broker.afterHistory(() -> server.publish(NEWS, "unkept", UNKEPT));
        server.publish(NEWS, "2");
        server.publish(NEWS, "3");
        assertThat(client.hears()).containsExactly("2", "3", "unkept");
    }
}
