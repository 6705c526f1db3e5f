package dev.fanfare.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What did not arrive is heard later: once, and in order. */
class MissedMessagesTest extends NodesFixture {
    @Test
    void hearsWhatItMissedWhenItIsBack() {
        b.view.cut();
        a.tell("1");
        a.tell("2");
        loop.runAll();
        assertThat(b.heard).isEmpty();
        b.view.restore();
        loop.runAll();
        assertThat(b.heard).containsExactly("1", "2");
    }

    @Test
    void fillsAGapThatItSees() {
        b.view.lose(2);
        a.tell("1");
        a.tell("2");
        a.tell("3");
        loop.runAll();
        assertThat(b.heard).containsExactly("1", "2", "3");
    }

    @Test
    void findsOutByItselfThatItMissedTheLast() {
        b.view.lose(1);
        a.tell("1");
        loop.runAll();
        assertThat(b.heard).isEmpty();
        pass(Nodes.CHECK_INTERVAL);
        assertThat(b.heard).containsExactly("1");
    }

    @Test
    void triesAgainWhereHistoryCannotBeRead() {
        b.view.lose(1);
        a.tell("1");
        b.view.cut();
        pass(Nodes.CHECK_INTERVAL);
        b.view.restoreSilently();
        pass(Duration.ofMillis(500));
        assertThat(b.heard).containsExactly("1");
    }

    @Test
    void hearsWhatComesWhileItReads() {
        b.view.lose(1);
        a.tell("1");
        loop.runAll();
        b.view.afterHistory = () -> a.tell("2");
        pass(Nodes.CHECK_INTERVAL);
        a.tell("3");
        loop.runAll();
        assertThat(b.heard).containsExactly("1", "2", "3");
    }

    @Test
    void hearsWhatComesWhileItStarts() {
        var view = engine.view();
        var d = new TestNode("d", view, loop, clock);
        view.afterHistory = () -> view.afterHistory = () -> a.tell("1");
        var started = d.nodes.start().toCompletableFuture();
        loop.runAll();
        assertThat(started).isCompleted();
        assertThat(d.heard).containsExactly("1");
    }

    @Test
    void hearsMoreThanOneReadingHas() {
        b.view.cut();
        IntStream.range(0, 1_234).forEach(this::ask);
        loop.runAll();
        b.view.restore();
        loop.runAll();
        assertThat(b.heard).isEqualTo(a.heard).hasSize(1_234);
        assertThat(b.missed).isZero();
    }

    @Test
    void countsWhatCannotBeHadAnyMore() {
        b.view.cut();
        ask(1);
        ask(2);
        loop.runAll();
        clock.advance(Mail.FOR_ALL.age().plusSeconds(1));
        ask(3);
        loop.runAll();
        b.view.restore();
        loop.runAll();
        assertThat(b.heard).containsExactly("3");
        assertThat(b.missed).isEqualTo(2);
        clock.advance(Mail.FOR_ALL.age().plusSeconds(1));
        ask(4);
        loop.runAll();
        assertThat(b.heard).containsExactly("3", "4");
    }

    @Test
    void goesOnWhereEverythingThatItMissedIsGone() {
        b.view.cut();
        ask(1);
        loop.runAll();
        clock.advance(Mail.FOR_ALL.age().plusSeconds(1));
        b.view.restore();
        loop.runAll();
        assertThat(b.missed).isEqualTo(1);
        ask(2);
        loop.runAll();
        assertThat(b.heard).containsExactly("2");
    }

    @Test
    void hearsANewEpochFromItsBeginning() {
        a.tell("1");
        loop.runAll();
        b.view.cut();
        engine.flush();
        a.tell("2");
        a.tell("3");
        loop.runAll();
        b.view.restore();
        loop.runAll();
        assertThat(a.heard).containsExactly("1", "2", "3");
        assertThat(b.heard).isEqualTo(a.heard);
        assertThat(b.missed).isZero();
    }

    @Test
    void waitsForNodesThatARegistryWithoutItsDataDoesNotKnow() {
        var _ = a.askAll("before");
        loop.runAll();
        b.view.cut();
        engine.flush();
        var asked = a.askAll("after");
        loop.runAll();
        assertThat(asked).isNotDone();
        b.view.restore();
        loop.runAll();
        assertThat(asked.resultNow()).containsOnlyKeys("a", "b", "c");
    }

    @Test
    void waitsForThemHoweverLongNobodyHasAskedAnything() {
        pass(Duration.ofMinutes(1));
        b.view.cut();
        engine.flush();
        var asked = a.askAll("after");
        loop.runAll();
        assertThat(asked).isNotDone();
        b.view.restore();
        loop.runAll();
        assertThat(asked.resultNow()).containsOnlyKeys("a", "b", "c");
    }

    @Test
    void entersARegistryThatHasLostItsData() {
        engine.flush();
        var _ = a.askAll("after");
        loop.runAll();
        pass(Duration.ofMinutes(1));
        var asked = c.askAll("later");
        loop.runAll();
        assertThat(asked.resultNow()).containsOnlyKeys("a", "b", "c");
    }

    @Test
    void hearsAnAnswerThatItMissed() {
        var asked = a.askAll("hello");
        a.view.lose(2);
        loop.runAll();
        pass(Nodes.CHECK_INTERVAL.multipliedBy(2));
        assertThat(asked.resultNow()).containsOnlyKeys("a", "b", "c");
    }

    @Test
    void doesNotCountNewsThatItMissed() {
        b.view.cut();
        a.tell("1");
        loop.runAll();
        clock.advance(Mail.FOR_NEWS.age().plusSeconds(1));
        b.view.restore();
        loop.runAll();
        assertThat(b.heard).isEmpty();
        assertThat(b.missed).isZero();
        assertThat(b.newsLost).isPositive();
    }

    private void ask(int number) {
        var _ = a.askAll(String.valueOf(number));
    }
}
