package dev.fanfare.core.node;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.model.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who answers what, and for whom one waits. */
class NodesTest extends NodesFixture {
    private static final Map<String, String> ALL =
            Map.of("a", "a hello", "b", "b hello", "c", "c hello");

    @Test
    void allNodesAnswer() {
        var asked = a.askAll("hello");
        assertThat(asked).isNotDone();
        loop.runAll();
        assertThat(asked).isCompletedWithValue(ALL);
    }

    @Test
    void aNodeAloneAnswersItself() {
        var alone = new TestNode("d", new SharedEngine(clock).view(), loop, clock);
        var _ = alone.nodes.start();
        loop.runAll();
        var asked = alone.askAll("hello");
        loop.runAll();
        assertThat(asked).isCompletedWithValue(Map.of("d", "d hello"));
    }

    @Test
    void waitsForTheLastAnswer() {
        var ready = new CompletableFuture<Void>();
        b.ready = ready;
        var asked = a.askAll("hello");
        pass(Duration.ofSeconds(10));
        assertThat(asked).isNotDone();
        ready.complete(null);
        loop.runAll();
        assertThat(asked).isCompletedWithValue(ALL);
    }

    @Test
    void oneNodeAnswers() {
        var asked = a.ask("b", "hello");
        loop.runAll();
        assertThat(asked).isCompletedWithValue(Optional.of("b hello"));
        assertThat(a.heard).isEmpty();
        assertThat(c.heard).isEmpty();
    }

    @Test
    void knowsNoNodeThatWasNeverThere() {
        var asked = a.ask("z", "hello");
        loop.runAll();
        assertThat(asked).isCompletedWithValue(Optional.empty());
    }

    @Test
    void whatAllAreAskedAtOnceTheyHearInOneOrder() {
        var _ = a.askAll("1");
        var _ = b.askAll("2");
        var _ = c.askAll("3");
        var _ = b.askAll("4");
        loop.runAll();
        assertThat(a.heard).containsExactly("1", "2", "3", "4");
        assertThat(b.heard).isEqualTo(a.heard);
        assertThat(c.heard).isEqualTo(a.heard);
    }

    @Test
    void whatAllAreToldTheyHearInOneOrder() {
        a.tell("1");
        b.tell("2");
        c.tell("3");
        loop.runAll();
        assertThat(a.heard).containsExactly("1", "2", "3");
        assertThat(b.heard).isEqualTo(a.heard);
        assertThat(c.heard).isEqualTo(a.heard);
    }

    @Test
    void namesTheNodeThatDoesNotAnswer() {
        b.ready = new CompletableFuture<>();
        var asked = a.askAll("hello");
        var askedAlone = a.ask("b", "hello");
        loop.runAll();
        pass(TestNode.PATIENCE);
        assertThat(asked)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(Unavailable.class)
                .withMessageContaining("node node of b (b): no answer within 25 s");
        assertThat(askedAlone).isCompletedExceptionally();
    }

    @Test
    void doesNotMindAnAnswerAfterItGaveUp() {
        var ready = new CompletableFuture<Void>();
        b.ready = ready;
        var asked = a.askAll("hello");
        loop.runAll();
        pass(TestNode.PATIENCE);
        assertThat(asked).isCompletedExceptionally();
        ready.complete(null);
        b.ready = completedStage(null);
        loop.runAll();
        var again = a.askAll("hello");
        loop.runAll();
        assertThat(again).isCompletedWithValue(ALL);
    }

    @Test
    void waitsForAFrozenNodeUntilItIsOutOfTheRegistry() {
        b.view.cut();
        var asked = a.askAll("hello");
        pass(Duration.ofSeconds(10));
        assertThat(asked).isNotDone();
        engine.expire(b.name);
        pass(TestNode.GRACE.plus(Questions.REGISTRY_INTERVAL.multipliedBy(2)));
        assertThat(asked).isCompletedWithValue(Map.of("a", "a hello", "c", "c hello"));
    }

    @Test
    void aNodeThatHasBeenGoneForLongIsNotWaitedFor() {
        engine.expire(b.name);
        b.view.cut();
        pass(Duration.ofMinutes(1));
        var asked = a.askAll("hello");
        loop.runAll();
        assertThat(asked).isCompletedWithValue(Map.of("a", "a hello", "c", "c hello"));
        var alone = a.ask("b", "hello");
        loop.runAll();
        assertThat(alone).isCompletedWithValue(Optional.empty());
    }

    @Test
    void nobodyWaitsForANodeThatLeavesWhileItIsWaitedFor() {
        b.ready = new CompletableFuture<>();
        var asked = a.askAll("hello");
        var askedAlone = a.ask("b", "hello");
        loop.runAll();
        assertThat(asked).isNotDone();
        var _ = b.nodes.leave();
        loop.runAll();
        assertThat(asked).isCompletedWithValue(Map.of("a", "a hello", "c", "c hello"));
        assertThat(askedAlone)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("node node of b (b): it has left");
    }

    @Test
    void aNewNodeAnswersAsWell() {
        var d = started("d");
        var asked = a.askAll("hello");
        loop.runAll();
        assertThat(asked.resultNow()).hasSize(4);
        assertThat(d.heard).containsExactly("hello");
        var alone = b.ask("d", "you");
        loop.runAll();
        assertThat(alone).isCompletedWithValue(Optional.of("d you"));
    }

    @Test
    void aNewNodeDoesNotHearWhatWasAskedBefore() {
        var _ = a.askAll("before");
        loop.runAll();
        assertThat(started("d").heard).isEmpty();
    }

    @Test
    void saysWhichNodeFailsAndWhy() {
        var asked = a.askAll("throw", "");
        loop.runAll();
        assertThat(asked)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("node node of a (a): broken");
        assertThat(b.failures).isEqualTo(List.of("throw: broken"));
    }

    @Test
    void failsWhereANodeDoesNotKnowWhatIsAsked() {
        var asked = a.askAll("sing", "");
        loop.runAll();
        assertThat(asked)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("nobody here knows of sing");
    }

    @Test
    void failsAtOnceWhereTheEngineCannotBeReached() {
        a.view.cut();
        var asked = a.askAll("hello");
        var alone = a.ask("b", "hello");
        loop.runAll();
        assertThat(asked).isCompletedExceptionally();
        assertThat(alone).isCompletedExceptionally();
    }

    @Test
    void cannotStartWhereTheEngineCannotBeReached() {
        var view = engine.view();
        view.cut();
        var started = new TestNode("d", view, loop, clock).nodes.start().toCompletableFuture();
        loop.runAll();
        assertThat(started).isCompletedExceptionally();
    }
}
