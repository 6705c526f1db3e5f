package dev.fanfare.ably.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.protocols.ably.Flag;
import dev.fanfare.protocols.ably.Incoming;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An attachment that asks for some of what was published. */
class RewindTest {
    private static final String NEWS = "news:1";

    private final ChannelNode node = new ChannelNode();
    private final FakeLine ann = node.line("ann");

    @Test
    void beginsWithWhatIsAskedFor() {
        node.publish(NEWS, "one");
        node.clock.advance(Duration.ofSeconds(61));
        node.publish(NEWS, "two", "three");
        ann.attach(NEWS, "rewind", "2");
        ann.attach("[?rewind=1m]news:1");
        assertThat(ann.hears())
                .containsExactly(
                        "attached news:1 psPS backlog {rewind=2}",
                        "news:1 two",
                        "news:1 three",
                        "attached [?rewind=1m]news:1 psPS backlog {rewind=1m}",
                        "[?rewind=1m]news:1 two",
                        "[?rewind=1m]news:1 three");
        node.publish(NEWS, "four");
        assertThat(ann.hears()).containsExactlyInAnyOrder("news:1 four", "[?rewind=1m]news:1 four");
    }

    @Test
    void beginsWithNoMoreThanTheLimit() {
        node.publish(NEWS, "1", "2", "3", "4", "5");
        ann.attach(NEWS, "rewind", "5");
        assertThat(ann.hears())
                .containsExactly(
                        "attached news:1 psPS backlog {rewind=5} 90004/404",
                        "news:1 2",
                        "news:1 3",
                        "news:1 4",
                        "news:1 5");
        ann.say(new Incoming.Detach(NEWS));
        ann.attach(NEWS, "rewind", "2m", "rewindLimit", "1");
        assertThat(ann.hears()).hasSize(3).element(1).asString().doesNotContain("90004");
    }

    @Test
    void beginsWithNothingAgainForWhoWasThere() {
        node.publish(NEWS, "one");
        ann.attach(NEWS, Flag.ATTACH_RESUME, null, "rewind", "1");
        assertThat(ann.hears()).containsExactly("attached news:1 psPS {rewind=1}");
    }

    @Test
    void isRefusedWhereItsBeginningCannotBeUnderstood() {
        ann.attach(NEWS, "rewind", "a while");
        assertThat(ann.hears()).containsExactly("error news:1 40000/400");
    }
}
