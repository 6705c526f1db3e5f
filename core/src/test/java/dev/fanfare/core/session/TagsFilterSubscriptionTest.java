package dev.fanfare.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.channel.Draft;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.model.TagsFilter;
import dev.fanfare.core.model.TagsFilter.Text.Relation;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.Command.Subscribe.Options;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Subscribers that choose by tags. */
class TagsFilterSubscriptionTest {
    private static final String TAGGED = "tagged:1";
    private static final TagsFilter TEA = new TagsFilter.Text("kind", Relation.EQUALS, "tea");

    private final Server server = new Server();

    private StreamPosition publish(String payload, String kind) {
        return server.publish(
                TAGGED, payload, new Draft.Terms(Map.of("kind", kind), false, false, null));
    }

    private static Options filtered() {
        return new Options("", true, true, false, false, TEA, false);
    }

    private FakeClient subscribed(StreamPosition since) {
        var client = server.connected("ann");
        client.ask(new Command.Subscribe(TAGGED, since, filtered()));
        return client;
    }

    @Test
    void hearsWhatItChoseAndMovesPastTheRest() {
        var client = subscribed(null);
        client.hears();
        int reads = server.broker.historyReads();
        publish("1", "tea");
        publish("2", "coffee");
        publish("3", "tea");
        assertThat(client.hears()).containsExactly("1", "3");
        publish("4", "coffee");
        assertThat(client.hears()).isEmpty();
        publish("5", "tea");
        assertThat(client.hears()).containsExactly("5");
        assertThat(server.broker.historyReads()).isEqualTo(reads);
    }

    @Test
    void recoversWhatItChose() {
        var seen = publish("1", "tea");
        publish("2", "coffee");
        publish("3", "tea");
        publish("4", "coffee");
        var client = subscribed(seen);
        assertThat(client.hears()).containsExactly("1 RECOVERED at 4 3");
        publish("5", "tea");
        assertThat(client.hears()).containsExactly("5");
    }

    @Test
    void fillsAGapWithWhatItChose() {
        var client = subscribed(null);
        client.hears();
        server.broker.lose(each -> each.position().offset() == 1);
        publish("1", "tea");
        publish("2", "coffee");
        publish("3", "tea");
        assertThat(client.hears()).containsExactly("1", "3");
    }

    @Test
    void choosesFromWhatWasHeldBack() {
        server.broker.afterHistory(
                () -> {
                    publish("1", "tea");
                    publish("2", "coffee");
                });
        assertThat(subscribed(null).hears()).containsExactly("1 NOT_ASKED at 0", "1");
    }

    @Test
    void leavesOthersTheirSharedFrames() {
        var chooser = subscribed(null);
        var first = server.connected("bob", FakeClient.wish(TAGGED));
        var second = server.connected("cid", FakeClient.wish(TAGGED));
        chooser.hears();
        int before = server.shared.encoded();
        publish("1", "tea");
        publish("2", "coffee");
        assertThat(first.hears()).containsExactly("1", "2");
        assertThat(second.hears()).containsExactly("1", "2");
        assertThat(chooser.hears()).containsExactly("1");
        assertThat(server.shared.encoded()).isEqualTo(before + 2);
    }

    @Test
    void isRefusedWhereTheChannelHasNoFilters() {
        var client = server.connected("ann");
        client.ask(new Command.Subscribe("news:1", null, filtered()));
        client.ask(new Command.Subscribe("news:1", null));
        assertThat(client.hears()).containsExactly("1 bad_request", "2 NOT_ASKED at 0");
    }
}
