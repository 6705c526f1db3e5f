package dev.fanfare.core.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link Broker} promises. */
public abstract class BrokerContractTest extends HistoryContractTest {
    @Test
    void countsPositionsFromOneInOneEpoch() throws Exception {
        var first = publish(news, "a");
        var second = publish(news, "b");
        assertThat(first.offset()).isEqualTo(1);
        assertThat(first.isKnown()).isTrue();
        assertThat(second).isEqualTo(first.next());
    }

    @Test
    void countsEachChannelForItself() throws Exception {
        publish(news, "a");
        assertThat(publish(sport, "b").offset()).isEqualTo(1);
    }

    @Test
    void handsOverWhatWasPublishedWhereItWasPlaced() throws Exception {
        var message =
                new Message(
                        "id",
                        "event",
                        Payload.json("{\"n\":1}"),
                        new ClientInfo("client", "ann"),
                        new Audience.ExceptUser("bob"));
        var position =
                get(broker.publish(news, message, new PublishOptions(KEPT, null))).position();

        var publication = awaitReceived(news, 1).getFirst();
        assertThat(publication.channel()).isEqualTo(news);
        assertThat(publication.message()).isEqualTo(message);
        assertThat(publication.position()).isEqualTo(position);
        assertThat(all(news).publications()).containsExactly(publication);
    }

    @Test
    void carriesBytesThatAreNoText() throws Exception {
        var payload =
                Payload.of(new byte[] {0, (byte) 0xff, (byte) 0xc3, 10}, Payload.Format.BINARY);
        get(broker.publish(news, message(payload), new PublishOptions(KEPT, null)));
        assertThat(awaitReceived(news, 1).getFirst().message().payload()).isEqualTo(payload);
        assertThat(all(news).publications().getFirst().message().payload()).isEqualTo(payload);
    }

    @Test
    void hasNoPositionsWithoutHistory() throws Exception {
        var published =
                get(broker.publish(news, message("a"), new PublishOptions(Retention.NONE, null)));
        assertThat(published).isEqualTo(new Published(StreamPosition.NONE, false));
        assertThat(awaitReceived(news, 1).getFirst().position()).isEqualTo(StreamPosition.NONE);
        assertThat(get(broker.history(news, HistoryQuery.TOP, Retention.NONE)))
                .isEqualTo(History.NONE);
    }

    @Test
    void handsOverInOrderWhatHasNoPositionAmongWhatHasOne() throws Exception {
        publish(news, "a");
        get(broker.publish(news, message("b"), new PublishOptions(Retention.NONE, null)));
        publish(news, "c");
        assertThat(offsets(awaitReceived(news, 3))).containsExactly(1L, 0L, 2L);
        assertThat(offsets(all(news).publications())).containsExactly(1L, 2L);
    }

    @Test
    void handsOverConcurrentPublicationsInTheOrderOfTheirPositions() throws Exception {
        inParallel(
                () -> {
                    for (int count = 0; count < MESSAGES_PER_THREAD; count++) {
                        publish(news, "a");
                        publish(sport, "b");
                    }
                    return null;
                });
        int count = THREADS * MESSAGES_PER_THREAD;
        assertThat(offsets(awaitReceived(news, count))).isEqualTo(oneTo(count));
        assertThat(offsets(awaitReceived(sport, count))).isEqualTo(oneTo(count));
        assertThat(all(news).publications())
                .isEqualTo(received.get(news).subList(count - KEPT.size(), count));
    }

    @Test
    void knowsInHistoryWhatTheListenerHasBeenGiven() throws Exception {
        for (int count = 1; count <= 20; count++) {
            var publishing = broker.publish(news, message("a"), new PublishOptions(KEPT, null));
            var publication = awaitReceived(news, count).getLast();
            assertThat(all(news).publications()).contains(publication);
            get(publishing);
        }
    }

    @Test
    void handsOverOnceAfterSubscribingAgain() throws Exception {
        broker.unsubscribe(news);
        get(broker.subscribe(news));
        get(broker.subscribe(news));
        publishMany(news, 2);
        assertThat(offsets(awaitReceived(news, 2))).containsExactly(1L, 2L);
    }

    @Test
    void handsOverAllThatAMessageSays() throws Exception {
        var publisher =
                new ClientInfo("client", "ann", Payload.json("{}"), Payload.json("{\"a\":1}"));
        var message =
                new Message(
                        "id",
                        "event",
                        Payload.of("text".getBytes(UTF_8), Payload.Format.TEXT),
                        publisher,
                        Audience.EVERYONE,
                        Map.of("tag", "value", "other", "größer"),
                        true);
        get(broker.publish(news, message, new PublishOptions(KEPT, null)));
        get(broker.publish(news, message, new PublishOptions(Retention.NONE, null)));
        get(broker.publish(news, message, new PublishOptions(Retention.NONE, "key")));
        assertThat(awaitReceived(news, 3)).extracting(Publication::message).containsOnly(message);
        assertThat(all(news).publications().getFirst().message()).isEqualTo(message);
    }

    @Test
    void carriesAMegabyte() throws Exception {
        var payload = Payload.of(new byte[1 << 20], Payload.Format.BINARY);
        get(broker.publish(news, message(payload), new PublishOptions(KEPT, null)));
        assertThat(awaitReceived(news, 1).getFirst().message().payload()).isEqualTo(payload);
        assertThat(all(news).publications().getFirst().message().payload()).isEqualTo(payload);
    }

    @Test
    void takesAnyNamesAndKeys() throws Exception {
        for (var name : List.of("{", "}", "a}:log", "%7D", "with space", "größer", "*", "?")) {
            var channel = channel(name);
            get(broker.subscribe(channel));
            assertThat(publishWithKey(channel, name)).isEqualTo(first(channel));
            assertThat(publishWithKey(channel, name + "}").position().offset()).isEqualTo(2);
            assertThat(publishWithKey(channel, name).repeated()).isTrue();
            assertThat(offsets(awaitReceived(channel, 2))).containsExactly(1L, 2L);
            assertThat(all(channel).publications()).isEqualTo(received.get(channel));
        }
    }

    private Published first(Channel channel) throws Exception {
        return new Published(all(channel).top().at(1), false);
    }

    @Test
    void announcesInOrderToWhoeverListens() throws Exception {
        var ann = new ClientInfo("c1", "ann", Payload.json("{\"n\":1}"), Payload.NONE);
        var bob = new ClientInfo("c2", "");
        get(broker.announce(alone, new Membership.Joined(ann)));
        var announced =
                List.of(
                        new Membership.Joined(ann),
                        new Membership.Joined(bob),
                        new Membership.Left(ann),
                        new Membership.Joined(ann));
        for (var membership : announced) {
            get(broker.announce(news, membership));
        }
        await().untilAsserted(() -> assertThat(memberships).isEqualTo(announced));
        assertThat(all(news).top().offset()).isZero();
    }
}
