package dev.fanfare.core.session;

import static dev.fanfare.core.session.FakeClient.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.channel.Draft;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.model.TagsFilter;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.Command.Subscribe.Options;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.protocol.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Subscribers that can do with what has changed: what they are sent after what. */
class DeltaSubscriptionTest {
    private static final String CHANNEL = "tagged:1";
    private static final Draft.Terms AS_DELTA = new Draft.Terms(Map.of(), true, false, null);

    private final Server server = new Server();

    private StreamPosition publish(String payload) {
        return server.publish(CHANNEL, payload, AS_DELTA);
    }

    private static Options delta(TagsFilter filter) {
        return new Options("", true, true, false, false, filter, true);
    }

    private FakeClient subscribed(String user, StreamPosition since) {
        var client = server.connected(user);
        client.ask(new Command.Subscribe(CHANNEL, since, delta(TagsFilter.EVERYTHING)));
        return client;
    }

    private FakeClient listening(String user) {
        var client = subscribed(user, null);
        client.hears();
        return client;
    }

    @Test
    void getsTheFirstWholeAndTheOthersAfterIt() {
        var client = listening("ann");
        publish("1");
        publish("2");
        assertThat(client.hears()).containsExactly("1", "2 after 1");
        publish("3");
        assertThat(client.hears()).containsExactly("3 after 2");
    }

    @Test
    void getsWholeWhatWasNotPublishedAsADelta() {
        var client = listening("ann");
        publish("1");
        server.publish(CHANNEL, "2");
        publish("3");
        assertThat(client.hears()).containsExactly("1", "2", "3 after 2");
    }

    @Test
    void getsTheFirstOfWhatItMissedWhole() {
        var seen = publish("1");
        publish("2");
        publish("3");
        var client = subscribed("ann", seen);
        publish("4");
        assertThat(client.hears()).containsExactly("1 RECOVERED at 3 2 3", "4 after 3");
    }

    @Test
    void getsTheNextWholeAfterALoss() {
        publish("1");
        var client = subscribed("ann", new StreamPosition("other", 1));
        publish("2");
        assertThat(client.hears()).containsExactly("1 LOST at 1", "2");
    }

    @Test
    void goesOnAfterWhatItWasSentBeforeAGap() {
        var client = listening("ann");
        publish("1");
        client.hears();
        server.broker.lose(each -> each.position().offset() == 2);
        publish("2");
        publish("3");
        assertThat(client.hears()).containsExactly("2 after 1", "3 after 2");
    }

    @Test
    void goesOnAfterWhatItHeldBack() {
        server.broker.afterHistory(() -> publish("1"));
        var client = subscribed("ann", null);
        assertThat(client.hears()).containsExactly("1 NOT_ASKED at 0", "1");
        publish("2");
        assertThat(client.hears()).containsExactly("2 after 1");
    }

    @Test
    void goesOnAfterWhatIsNotKept() {
        var client = listening("ann");
        publish("1");
        server.publish(CHANNEL, "unkept", new Draft.Terms(Map.of(), true, true, null));
        publish("2");
        assertThat(client.hears()).containsExactly("1", "unkept after 1", "2 after unkept");
    }

    @Test
    void goesOnAfterWhatWasMeantForIt() {
        var ann = listening("ann");
        var bob = listening("bob");
        publish("1");
        server.publish(CHANNEL, "2", new Audience.ExceptUser("ann"));
        publish("3");
        assertThat(ann.hears()).containsExactly("1", "3 after 1");
        assertThat(bob.hears()).containsExactly("1", "2", "3 after 2");
    }

    @Test
    void goesOnAfterWhatItChose() {
        var client = server.connected("ann");
        var tea = new TagsFilter.Exists("tea");
        client.ask(new Command.Subscribe(CHANNEL, null, delta(tea)));
        client.hears();
        server.publish(CHANNEL, "1", new Draft.Terms(Map.of("tea", ""), true, false, null));
        publish("2");
        server.publish(CHANNEL, "3", new Draft.Terms(Map.of("tea", ""), true, false, null));
        assertThat(client.hears()).containsExactly("1", "3 after 1");
    }

    @Test
    void sharesWhatIsEncodedWithThoseWhoWereSentTheSame() {
        var early = List.of(listening("ann"), listening("bob"), listening("cid"));
        publish("1");
        early.forEach(FakeClient::hears);
        var late = List.of(listening("dan"), listening("eve"));
        var whole = server.connected("fay", wish(CHANNEL));
        int before = server.shared.encoded();
        publish("2");
        publish("3");
        early.forEach(
                client -> assertThat(client.hears()).containsExactly("2 after 1", "3 after 2"));
        late.forEach(client -> assertThat(client.hears()).containsExactly("2", "3 after 2"));
        assertThat(whole.hears()).containsExactly("2", "3");
        assertThat(server.shared.encoded()).isEqualTo(before + 3);
        assertThat(server.shared.open()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "tagged:1, true, true",
        "tagged:1, false, false",
        "news:1, true, false",
        "room:1, true, false"
    })
    void isToldWhetherItGetsThem(String channel, boolean positioned, boolean granted) {
        var client = server.connected("ann");
        var options = new Options("", positioned, false, false, false, TagsFilter.EVERYTHING, true);
        client.ask(new Command.Subscribe(channel, null, options));
        server.thread.runAll();

        var answer = (Output.Answer) client.connection.take().getFirst();
        assertThat(((Reply.Subscribed) answer.reply()).terms().delta()).isEqualTo(granted);

        server.publish(channel, "1", AS_DELTA);
        server.publish(channel, "2", AS_DELTA);
        assertThat(client.hears()).containsExactly("1", granted ? "2 after 1" : "2");
    }
}
