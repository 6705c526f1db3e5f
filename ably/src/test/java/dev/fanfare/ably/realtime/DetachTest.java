package dev.fanfare.ably.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.protocols.ably.Incoming;
import org.junit.jupiter.api.Test;

class DetachTest {
    private static final String NEWS = "news:1";

    private final ChannelNode node = new ChannelNode();
    private final FakeLine ann = node.line("ann");

    /** A client that attaches and detaches at once says the second again when it is attached. */
    @Test
    void isToldOnceForEachAttachment() {
        ann.attach(NEWS);
        detach(NEWS);
        detach(NEWS);
        ann.attach(NEWS);
        detach(NEWS);
        assertThat(ann.hears())
                .containsExactly(
                        "attached news:1 psPS",
                        "detached news:1",
                        "attached news:1 psPS",
                        "detached news:1");
        ann.cut();
        ann.comeBack();
        detach(NEWS);
        detach(NEWS);
        assertThat(ann.hears()).containsExactly("detached news:1", "detached news:1");
    }

    @Test
    void isToldAgainWhereManyOthersWereSinceThen() {
        for (int i = 0; i <= Farewells.MOST; i++) {
            ann.attach("news:" + i);
            detach("news:" + i);
        }
        ann.hears();
        detach("news:" + Farewells.MOST);
        detach("news:0");
        assertThat(ann.hears()).containsExactly("detached news:0");
    }

    @Test
    void isNotToldWhereTheServerHasDetached() {
        node.broker.goAway();
        ann.attach(NEWS);
        detach(NEWS);
        assertThat(ann.hears()).containsExactly("detached news:1 50003/503");
    }

    @Test
    void takesMembersAlongThoughItIsNotToldAgain() {
        var bob = node.line("bob");
        bob.attach(NEWS);
        ann.attach(NEWS);
        detach(NEWS);
        ann.enter(NEWS, null, null);
        detach(NEWS);
        assertThat(bob.hears()).contains("news:1 enter ann", "news:1 leave ann");
        assertThat(ann.hears()).containsOnlyOnce("detached news:1");
    }

    private void detach(String channel) {
        ann.say(new Incoming.Detach(channel));
    }
}
