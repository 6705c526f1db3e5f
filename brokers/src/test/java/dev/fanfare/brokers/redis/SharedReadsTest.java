package dev.fanfare.brokers.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.brokers.redis.SharedReads.Read;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.model.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SharedReadsTest {
    private static final Retention KEPT = new Retention(10, Duration.ofMinutes(1));
    private static final Read NEWS = new Read(new Channel("news"), HistoryQuery.TOP, KEPT);
    private static final Read SPORT = new Read(new Channel("sport"), HistoryQuery.TOP, KEPT);

    private final List<CompletableFuture<History>> sent = new ArrayList<>();
    private final SharedReads reads =
            new SharedReads(
                    read -> {
                        sent.add(new CompletableFuture<>());
                        return sent.getLast();
                    });

    @Test
    void sendsTheFirstAtOnce() {
        var answer = reads.get(NEWS).toCompletableFuture();
        assertThat(sent).hasSize(1);
        assertThat(answer).isNotDone();
        sent.getFirst().complete(history(1));
        assertThat(answer).isCompletedWithValue(history(1));
    }

    @Test
    void sharesTheNextAmongAllThatWait() {
        var first = reads.get(NEWS).toCompletableFuture();
        var second = reads.get(NEWS).toCompletableFuture();
        var third = reads.get(NEWS).toCompletableFuture();
        assertThat(sent).hasSize(1);
        sent.get(0).complete(history(1));
        assertThat(sent).hasSize(2);
        assertThat(first).isCompletedWithValue(history(1));
        assertThat(second).isNotDone();
        sent.get(1).complete(history(2));
        assertThat(second).isCompletedWithValue(history(2));
        assertThat(third).isCompletedWithValue(history(2));
        assertThat(sent).hasSize(2);
    }

    /** What is under way may not know what its late reader has seen already. */
    @Test
    void neverSharesWhatHasBeenSent() {
        var _ = reads.get(NEWS);
        var _ = reads.get(NEWS);
        sent.get(0).complete(history(1));
        var late = reads.get(NEWS).toCompletableFuture();
        sent.get(1).complete(history(2));
        assertThat(late).isNotDone();
        assertThat(sent).hasSize(3);
        sent.get(2).complete(history(3));
        assertThat(late).isCompletedWithValue(history(3));
    }

    @Test
    void keepsDifferentReadsApart() {
        var _ = reads.get(NEWS);
        var _ = reads.get(SPORT);
        var _ = reads.get(new Read(NEWS.channel(), HistoryQuery.NEWEST, KEPT));
        var _ = reads.get(new Read(NEWS.channel(), HistoryQuery.TOP, Retention.NONE));
        assertThat(sent).hasSize(4);
    }

    @Test
    void startsAnewWhenNobodyWaits() {
        var _ = reads.get(NEWS);
        sent.get(0).complete(history(1));
        var _ = reads.get(NEWS);
        assertThat(sent).hasSize(2);
    }

    @Test
    void goesOnAfterAFailure() {
        var first = reads.get(NEWS).toCompletableFuture();
        var second = reads.get(NEWS).toCompletableFuture();
        sent.get(0).completeExceptionally(new Unavailable("gone"));
        assertThat(first).isCompletedExceptionally();
        assertThat(second).isNotDone();
        sent.get(1).completeExceptionally(new Unavailable("gone"));
        assertThat(second).isCompletedExceptionally();
        var _ = reads.get(NEWS);
        assertThat(sent).hasSize(3);
    }

    /** Whoever reads again in answer to an answer waits for nothing. */
    @Test
    void canBeAskedFromItsAnswers() {
        var again = reads.get(NEWS).thenCompose(first -> reads.get(NEWS)).toCompletableFuture();
        sent.get(0).complete(history(1));
        sent.get(1).complete(history(2));
        assertThat(again).isCompletedWithValue(history(2));
    }

    private static History history(long offset) {
        return new History(List.of(), new StreamPosition("e", offset));
    }
}
