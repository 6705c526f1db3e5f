package dev.fanfare.brokers.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.brokers.redis.PresenceScripts.Member;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.presence.HeardChanges;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What happens while Redis has not answered yet. */
final class PresenceBucketTest {
    private static final Member ANN = new Member(new Channel("room"), new ClientInfo("ann", "a"));

    private final HeldServers servers = new HeldServers();
    private final HeardChanges heard = new HeardChanges();
    private final PresenceBucket bucket = bucket();

    private PresenceBucket bucket() {
        var terms = new PresenceTerms(Duration.ofSeconds(60));
        var place = new Keys("test", "").place("p.0");
        return new PresenceBucket(new PresenceScripts(servers, place, terms), terms, () -> heard);
    }

    @Test
    void doesNotPutBackWhoLeftWhileItWasRefreshed() {
        var _ = bucket.add(ANN);
        servers.answer(0L);
        var refreshed = bucket.refresh();
        var _ = bucket.remove(ANN.seat());
        assertThat(servers.waiting()).containsExactly("presence-refresh", "presence-remove");
        servers.answer(1L);
        assertThat(refreshed.toCompletableFuture()).isCompleted();
        assertThat(servers.waiting()).containsExactly("presence-remove");
    }

    @Test
    void putsBackAtOnceWhoIsMissing() {
        var _ = bucket.add(ANN);
        servers.answer(0L);
        var refreshed = bucket.refresh();
        servers.answer(1L);
        assertThat(servers.waiting()).containsExactly("presence-put");
        servers.answer(1L);
        assertThat(refreshed.toCompletableFuture()).isCompleted();
        assertThat(heard.all()).containsExactly("ann returned to room");
    }

    @Test
    void putsAgainWhoCouldNotBeAdded() {
        var _ = bucket.add(ANN);
        servers.fail();
        assertThat(bucket.owes()).isTrue();
        var _ = bucket.refresh();
        assertThat(servers.waiting()).containsExactly("presence-put");
        servers.answer(0L);
        assertThat(servers.waiting()).containsExactly("presence-refresh");
        assertThat(bucket.owes()).isFalse();
    }

    @Test
    void takesOutAgainWhoCouldNotBeTakenOut() {
        var removed = bucket.remove(ANN.seat());
        servers.fail();
        var _ = bucket.refresh();
        assertThat(servers.waiting()).containsExactly("presence-remove");
        servers.answer(1L);
        assertThat(removed.toCompletableFuture()).isCompletedWithValue(true);
    }

    @Test
    void doesNotTakeOutAgainWhoHasComeMeanwhile() {
        var removed = bucket.remove(ANN.seat());
        var _ = bucket.add(ANN);
        servers.fail();
        servers.answer(0L);
        assertThat(removed.toCompletableFuture()).isCompletedExceptionally();
        var _ = bucket.refresh();
        assertThat(servers.waiting()).containsExactly("presence-refresh");
    }

    @Test
    void takesOutBeforeItPutsInAgain() {
        var removed = bucket.remove(ANN.seat());
        servers.fail();
        var _ = bucket.add(ANN);
        assertThat(servers.waiting()).containsExactly("presence-remove", "presence-put");
        servers.answer(1L);
        assertThat(removed.toCompletableFuture()).isCompletedWithValue(true);
    }

    @Test
    void sendsNothingAnyMoreOnceItIsClosed() {
        var _ = bucket.add(ANN);
        servers.answer(0L);
        var refreshed = bucket.refresh();
        var closed = bucket.close();
        servers.answer(1L);
        assertThat(refreshed.toCompletableFuture()).isCompleted();
        assertThat(servers.waiting()).containsExactly("presence-remove");
        servers.answer(1L);
        assertThat(closed.toCompletableFuture()).isCompleted();
        assertThat(heard.all()).containsExactly("ann expired from room");
        assertThat(bucket.remove(ANN.seat()).toCompletableFuture()).isCompletedExceptionally();
    }
}
