package dev.fanfare.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.fake.ManualClock;
import dev.fanfare.core.fake.ManualLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Three nodes on one engine, in a test's own time. */
class NodesFixture {
    final ManualClock clock = new ManualClock();
    final ManualLoop loop = new ManualLoop();
    final SharedEngine engine = new SharedEngine(clock);
    final List<TestNode> there = new ArrayList<>();
    final TestNode a = started("a");
    final TestNode b = started("b");
    final TestNode c = started("c");

    TestNode started(String id) {
        var node = new TestNode(id, engine.view(), loop, clock);
        var started = node.nodes.start().toCompletableFuture();
        loop.runAll();
        assertThat(started).isCompleted();
        there.add(node);
        return node;
    }

    /** Time passes as it does: everybody sweeps twice a second. */
    void pass(Duration time) {
        for (long millis = 0; millis < time.toMillis(); millis += 500) {
            clock.advance(Duration.ofMillis(500));
            there.forEach(node -> node.nodes.sweep());
            loop.runAll();
        }
    }
}
