package dev.fanfare.ably.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.protocols.ably.ErrorInfo;
import dev.fanfare.protocols.ably.Incoming;
import dev.fanfare.protocols.ably.WireMessage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionPublishTest {
    private static final String NEWS = "news:1";

    private final ChannelNode node = new ChannelNode();
    private final FakeLine ann = node.line("ann");
    private final FakeLine bob = node.line("bob");

    @Test
    void needsNoAttachment() {
        bob.attach(NEWS);
        ann.publish(NEWS, "one", "two");
        assertThat(ann.hears()).containsExactly("ack 0");
        assertThat(bob.hears()).containsExactly("attached news:1 psPS", "news:1 one", "news:1 two");
    }

    @Test
    void isAnsweredInTheOrderOfTheNumbersWhateverTheBrokerDoes() {
        node.broker.beLate();
        ann.publish(NEWS, "one");
        ann.publish("nowhere", "two");
        ann.publish(NEWS, "three");
        assertThat(ann.hears()).isEmpty();
        node.broker.answer();
        assertThat(ann.hears()).containsExactly("ack 0", "nack 1 40160/401");
        node.broker.answer();
        assertThat(ann.hears()).containsExactly("ack 2");
    }

    @Test
    void isTheSameWhenItIsSentAgain() {
        bob.attach(NEWS);
        ann.publish(NEWS, "one", "two");
        var first = ann.acknowledged();
        ann.cut();
        ann.comeBack();
        ann.publish(0, NEWS, List.of(text("one"), text("two")));
        assertThat(ann.acknowledged()).isEqualTo(first).hasSize(2);
        assertThat(ann.hears()).containsExactly("ack 0", "ack 0");
        assertThat(bob.hears()).containsExactly("attached news:1 psPS", "news:1 one", "news:1 two");
    }

    @Test
    void isDoneThoughTheTransportIsLostMeanwhile() {
        bob.attach(NEWS);
        bob.hears();
        node.broker.beLate();
        ann.publish(NEWS, "one");
        ann.cut();
        node.broker.answerAll();
        ann.comeBack();
        ann.publish(0, NEWS, List.of(text("one")));
        node.broker.answerAll();
        assertThat(ann.hears()).containsExactly("ack 0");
        assertThat(bob.hears()).containsExactly("news:1 one");
    }

    @Test
    void takesIdsThatBelongTogether() {
        bob.attach(NEWS);
        ann.publish(0, NEWS, List.of(message("base:0", "one"), message("base:1", "two")));
        ann.publish(1, NEWS, List.of(message("base:0", "one"), message("base:1", "two")));
        ann.publish(2, NEWS, List.of(message("base:0", "one"), message("other:1", "two")));
        ann.publish(3, NEWS, List.of(message("base:1", "one"), message("base:0", "two")));
        ann.publish(4, NEWS, List.of(message("alone", "three")));
        ann.publish(5, NEWS, List.of(message("", "four")));
        assertThat(ann.hears())
                .containsExactly(
                        "ack 0",
                        "ack 1",
                        "nack 2 40031/400",
                        "nack 3 40031/400",
                        "ack 4",
                        "nack 5 40031/400");
        assertThat(bob.hears())
                .containsExactly(
                        "attached news:1 psPS", "news:1 one", "news:1 two", "news:1 three");
    }

    @Test
    void isByTheConnectionsClientAlone() {
        ann.publish(0, NEWS, List.of(by("ann")));
        ann.publish(1, NEWS, List.of(by("bob")));
        ann.publish(2, NEWS, List.of(by("*")));
        var any = node.line("*");
        any.publish(0, NEWS, List.of(by("bob")));
        any.publish(1, NEWS, List.of(by("*")));
        var nobody = node.line(null);
        nobody.publish(0, NEWS, List.of(by("bob")));
        nobody.publish(1, NEWS, List.of(by(null)));
        assertThat(ann.hears()).containsExactly("ack 0", "nack 1 40012/400", "nack 2 40012/400");
        assertThat(any.hears()).containsExactly("ack 0", "nack 1 40012/400");
        assertThat(nobody.hears()).containsExactly("nack 0 40012/400", "ack 1");
    }

    @Test
    void isOfAllMessagesSentTogetherOrOfNone() {
        bob.attach("orders");
        var order = message("base:0", "one");
        ann.publish(0, "orders", List.of(named("order"), named("bill")));
        ann.publish(1, "orders", List.of(order));
        ann.publish(2, "orders", List.of(named("order")));
        assertThat(ann.hears()).containsExactly("nack 0 40000/400", "nack 1 40000/400", "ack 2");
        assertThat(bob.hears()).containsExactly("attached orders psPS", "orders x");
    }

    @Test
    void isRefusedBeyondTheSizeOfMessages() {
        ann.publish(NEWS, "x".repeat(ChannelNode.LIMITS.messageSize()));
        ann.publish(NEWS, "x".repeat(ChannelNode.LIMITS.messageSize() + 1));
        ann.publish(NEWS, "x".repeat(600), "y".repeat(600));
        assertThat(ann.hears()).containsExactly("ack 0", "nack 1 40009/413", "nack 2 40009/413");
    }

    @Test
    void isRefusedWhereItIsNotAllowedOrNotAttachedFor() {
        var reader = node.line("cid", "{\"*\":[\"subscribe\"]}");
        reader.publish(NEWS, "one");
        ann.attach(NEWS, "modes", "subscribe");
        ann.publish(NEWS, "one");
        ann.publish(":news", "one");
        assertThat(reader.hears()).containsExactly("nack 0 40160/401");
        assertThat(ann.hears()).contains("nack 0 40165/401", "nack 1 40010/400");
    }

    @Test
    void isRefusedWhereTheClientAsksForThat() {
        ann.say(
                new Incoming.Publish(
                        0, NEWS, null, List.of(text("one")), Map.of("_forceNack", "true")));
        assertThat(ann.hears()).containsExactly("nack 0 40099/400");
    }

    @Test
    void isRefusedWhereTheBrokerCannotBeReached() {
        node.broker.goAway();
        ann.publish(NEWS, "one");
        assertThat(ann.hears()).containsExactly("nack 0 50003/503");
    }

    @Test
    void isRefusedInItsTurnWhereItCannotBeUnderstood() {
        var why = ErrorInfo.of(40013, "data: 5");
        node.broker.beLate();
        ann.publish(NEWS, "one");
        ann.say(new Incoming.Refused(1, why));
        ann.say(new Incoming.Refused(-1, why));
        assertThat(ann.hears()).isEmpty();
        node.broker.answerAll();
        assertThat(ann.hears()).containsExactly("ack 0", "nack 1 40013/400");
    }

    @Test
    void endsTheConnectionWhereNobodyWaitsForAnswers() {
        node.broker.beLate();
        for (int i = 0; i <= AttachedChannels.MOST_UNANSWERED; i++) {
            ann.publish(NEWS, "x");
        }
        assertThat(ann.failure).isNotNull().extracting("code").isEqualTo(42910);
    }

    private static WireMessage text(String text) {
        return message(null, text);
    }

    private static WireMessage message(String id, String text) {
        return FakeLine.message(id, text, null);
    }

    private static WireMessage by(String clientId) {
        return FakeLine.message(null, "x", clientId);
    }

    private static WireMessage named(String event) {
        var plain = text("x");
        return new WireMessage(
                null, event, plain.data(), plain.sender(), 0, plain.extras(), plain.serial());
    }
}
