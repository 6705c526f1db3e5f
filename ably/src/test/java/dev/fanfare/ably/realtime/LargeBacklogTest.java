package dev.fanfare.ably.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.protocols.ably.Flag;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a client is owed may be more than its line takes at once. */
class LargeBacklogTest {
    private static final String NEWS = "news:1";
    private static final int MIB = 1024 * 1024;

    private final ChannelNode node = new ChannelNode(100);
    private final FakeLine ann = node.line("ann");

    @Test
    void waitsUntilTheLineHasRoomAndIsFollowedByWhatCameMeanwhile() {
        ann.attach(NEWS);
        ann.hears();
        ann.cut();
        node.publish(NEWS, "one", "two");
        ann.comeBack();
        ann.full = true;

        ann.attachAgain(NEWS);
        node.publish(NEWS, "three");
        node.pass(Duration.ofSeconds(1));
        assertThat(ann.hears()).isEmpty();
        ann.full = false;
        node.pass(Duration.ofSeconds(1));
        node.publish(NEWS, "four");

        assertThat(ann.hears())
                .containsExactly(
                        "attached news:1 psPS resumed backlog",
                        "news:1 one",
                        "news:1 two",
                        "news:1 three",
                        "news:1 four");
    }

    @Test
    void doesNotKeepChannelsWaitingThatHaveNone() {
        ann.full = true;
        ann.attach(NEWS);
        node.publish(NEWS, "one");
        assertThat(ann.hears()).containsExactly("attached news:1 psPS", "news:1 one");
    }

    @Test
    void waitsWithItsMembersToo() {
        node.line("bob").enter(NEWS, "bob", "here");
        ann.attach(NEWS, Flag.SUBSCRIBE, null);
        ann.full = true;
        ann.attach(NEWS);
        assertThat(ann.hears()).containsExactly("attached news:1 s");

        ann.full = false;
        node.pass(Duration.ofSeconds(1));
        assertThat(ann.hears())
                .containsExactly(
                        "attached news:1 psPS resumed presence",
                        "sync news:1 present bob here",
                        "synced");
    }

    @Test
    void isSentAgainUpToItsMostBytes() {
        assertThat(missing((int) (Catchup.MOST_BYTES / MIB))).doesNotContain("90004");
    }

    @Test
    void isLostBeyondItsMostBytes() {
        assertThat(missing((int) (Catchup.MOST_BYTES / MIB) + 1))
                .isEqualTo("attached news:1 psPS 90004/404");
    }

    /** What a client is told first that has missed so many messages of a mebibyte. */
    private String missing(int messages) {
        ann.attach(NEWS);
        ann.hears();
        ann.cut();
        for (int i = 0; i < messages; i++) {
            node.publish(NEWS, "m".repeat(MIB));
        }
        ann.comeBack();
        ann.attachAgain(NEWS);
        return ann.hears().getFirst();
    }

    @Test
    void beginsWithTheNewestOfItsMostBytes() {
        node.publish(NEWS, "a".repeat(6 * MIB), "b".repeat(6 * MIB), "c".repeat(6 * MIB));
        ann.attach(NEWS, "rewind", "3");
        var heard = ann.hears();
        assertThat(heard)
                .hasSize(3)
                .first()
                .isEqualTo("attached news:1 psPS backlog {rewind=3} 90004/404");
        assertThat(heard.get(1)).startsWith("news:1 bb");
        assertThat(heard.get(2)).startsWith("news:1 cc");
    }
}
