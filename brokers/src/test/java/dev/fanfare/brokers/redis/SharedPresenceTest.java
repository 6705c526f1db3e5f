package dev.fanfare.brokers.redis;

import static dev.fanfare.brokers.redis.PresenceNode.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Unavailable;
import dev.fanfare.core.presence.HeardChanges;
import dev.fanfare.harness.RedisProcess;
import dev.fanfare.harness.RedisProcess.Version;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several nodes on one Redis that keeps its data over a restart. */
final class SharedPresenceTest {
    private static final Duration SHORT = Duration.ofMillis(800);
    private static final Duration LONG = Duration.ofSeconds(60);

    private static RedisProcess redis;

    private final List<PresenceNode> nodes = new ArrayList<>();
    private final HeardChanges heard = new HeardChanges();

    @BeforeAll
    static void startRedis() throws IOException {
        redis =
                RedisProcess.start(
                        Version.REDIS_7, "--appendonly", "yes", "--appendfsync", "always");
    }

    @AfterAll
    static void endRedis() {
        redis.close();
    }

    @BeforeEach
    void empty() throws IOException {
        redis.restartEmpty();
    }

    @AfterEach
    void closeNodes() {
        nodes.forEach(PresenceNode::close);
    }

    @Test
    void showsMembersOfOneNodeToAnother() throws Exception {
        var a = node(LONG);
        var b = node(LONG);
        a.add("room", "ann");
        b.add("room", "bob");
        assertThat(a.clients("room")).containsExactlyInAnyOrder("ann", "bob");
        assertThat(b.clients("room")).containsExactlyInAnyOrder("ann", "bob");
        assertThat(join(a.remove("room", "ann"))).isTrue();
        assertThat(b.clients("room")).containsExactly("bob");
    }

    @Test
    void keepsMembersOfANodeThatLives() throws Exception {
        var a = node(SHORT);
        var b = node(SHORT);
        a.add("room", "ann");
        await().during(SHORT.multipliedBy(2))
                .atMost(SHORT.multipliedBy(3))
                .until(() -> b.clients("room").equals(Set.of("ann")));
        assertThat(heard.all()).isEmpty();
    }

    @Test
    void losesMembersOfANodeThatIsNoMoreAndSaysSoOnce() throws Exception {
        var a = node(SHORT);
        var b = node(SHORT);
        var c = node(SHORT);
        a.add("room", "ann");
        a.add("hall", "ann");
        b.add("room", "bob");
        a.kill();
        long killed = System.nanoTime();
        await().until(() -> c.clients("room").equals(Set.of("bob")));
        assertThat(System.nanoTime() - killed).isLessThan(SHORT.plusMillis(500).toNanos());
        await().until(() -> heard.all().size() >= 2);
        assertThat(c.clients("hall")).isEmpty();
        await().during(SHORT).until(() -> heard.all().size() == 2);
        assertThat(heard.all())
                .containsExactlyInAnyOrder("ann expired from room", "ann expired from hall");
    }

    @Test
    void bringsBackMembersOfANodeThatWasFrozenAndSaysSoOnce() throws Exception {
        var a = node(SHORT);
        var b = node(SHORT);
        a.add("room", "ann");
        a.freeze();
        await().until(() -> !heard.all().isEmpty());
        assertThat(b.clients("room")).isEmpty();
        a.thaw();
        await().until(() -> b.clients("room").equals(Set.of("ann")));
        await().during(SHORT).until(() -> heard.all().size() == 2);
        assertThat(heard.all()).containsExactly("ann expired from room", "ann returned to room");
    }

    @Test
    void saysWhenItBecomesKnownAgainWhoAMemberIsThatHadExpired() throws Exception {
        var a = node(SHORT);
        var b = node(SHORT);
        a.add("room", "ann");
        a.freeze();
        await().until(() -> !heard.all().isEmpty());
        var changed = new ClientInfo("ann", "user", Payload.json("1"), Payload.NONE);
        join(a.presence.add(new Channel("room"), changed));
        assertThat(heard.all()).containsExactly("ann expired from room", "ann returned to room");
        assertThat(b.clients("room")).containsExactly("ann");
    }

    @Test
    void tellsWhoTakesAMemberOutThatItHadExpired() throws Exception {
        var a = node(SHORT);
        var b = node(SHORT);
        a.add("room", "ann");
        a.freeze();
        await().until(() -> !heard.all().isEmpty());
        assertThat(join(a.remove("room", "ann"))).isFalse();
        a.add("room", "ann");
        assertThat(b.clients("room")).containsExactly("ann");
        assertThat(join(a.remove("room", "ann"))).isTrue();
        assertThat(heard.all()).containsExactly("ann expired from room");
    }

    @Test
    void putsMembersInAgainThatRedisHasLost() throws Exception {
        var a = node(SHORT);
        var b = node(SHORT);
        a.add("room", "ann");
        b.add("room", "bob");
        redis.restartEmpty();
        await().ignoreExceptions().until(() -> clientsOf(b).equals(Set.of("ann", "bob")));
        assertThat(heard.all()).isEmpty();
    }

    @Test
    void putsAllMembersInAgainAsSoonAsItSeesThatRedisHasLostSome() throws Exception {
        var a = node(LONG);
        var channels = IntStream.range(0, 200).mapToObj(number -> "room" + number).toList();
        passTime(LONG.dividedBy(40)); // it has been everywhere
        channels.parallelStream().forEach(channel -> a.add(channel, "ann"));
        redis.restartEmpty();
        await().atMost(Duration.ofSeconds(8)) // a third of the time to live is 20
                .ignoreExceptions()
                .until(() -> channels.stream().allMatch(each -> a.clients(each).contains("ann")));
        assertThat(heard.all()).isEmpty();
    }

    @Test
    void pardonsEverybodyWhenRedisWasFrozen() throws Exception {
        var a = node(SHORT);
        var b = node(SHORT);
        a.add("room", "ann");
        b.add("room", "bob");
        redis.freeze();
        passTime(SHORT.plus(SHORT.dividedBy(2)));
        redis.thaw();
        await().ignoreExceptions().until(() -> clientsOf(a).equals(Set.of("ann", "bob")));
        await().during(SHORT).until(() -> clientsOf(b).equals(Set.of("ann", "bob")));
        assertThat(heard.all()).isEmpty();
    }

    @Test
    void pardonsNobodyWhoseNodeDiedMeanwhileForLong() throws Exception {
        var a = node(SHORT);
        var b = node(SHORT);
        a.add("room", "ann");
        b.add("room", "bob");
        redis.freeze();
        a.kill();
        passTime(SHORT.plus(SHORT.dividedBy(2)));
        redis.thaw();
        await().ignoreExceptions().until(() -> clientsOf(b).equals(Set.of("bob")));
        await().until(() -> heard.all().equals(List.of("ann expired from room")));
    }

    @Test
    void takesOutWhoLeftWhenRedisWasGone() throws Exception {
        var a = node(LONG);
        var b = node(LONG);
        a.add("room", "ann");
        redis.kill();
        var removed = a.remove("room", "ann");
        assertThat(removed.toCompletableFuture()).isNotDone();
        redis.start();
        assertThat(join(removed)).isTrue();
        await().ignoreExceptions().until(() -> clientsOf(b).isEmpty());
    }

    @Test
    void hasWhoLeftAndCameAgainWhenRedisWasGone() throws Exception {
        var a = node(LONG);
        a.add("room", "ann");
        redis.kill();
        var removed = a.remove("room", "ann");
        var added = a.presence.add(new Channel("room"), new ClientInfo("ann", "user"));
        assertThatThrownBy(() -> join(added)).hasCauseInstanceOf(Unavailable.class);
        redis.start();
        await().ignoreExceptions().until(() -> clientsOf(a).equals(Set.of("ann")));
        assertThat(removed.toCompletableFuture()).isCompletedExceptionally();
        assertThat(heard.all()).isEmpty();
    }

    @Test
    void forgetsWhoCouldNotBeTakenOutInTime() throws Exception {
        var a = node(SHORT);
        a.add("room", "ann");
        redis.kill();
        var removed = a.remove("room", "ann").toCompletableFuture();
        await().until(removed::isCompletedExceptionally);
    }

    @Test
    void takesOutItsMembersWhenItIsClosed() throws Exception {
        var a = node(LONG);
        var b = node(LONG);
        for (int number = 0; number < 600; number++) {
            a.add("room", "ann" + number);
        }
        b.add("room", "bob");
        a.presence.close();
        assertThat(b.clients("room")).containsExactly("bob");
        assertThat(heard.all()).hasSize(600).contains("ann0 expired from room");
        assertThatThrownBy(() -> a.add("room", "ann")).hasCauseInstanceOf(Unavailable.class);
    }

    @Test
    void losesNobodyInAStorm() throws Exception {
        var all = List.of(node(SHORT), node(SHORT), node(SHORT));
        try (var threads = Executors.newFixedThreadPool(12)) {
            var tasks = new ArrayList<Callable<Void>>();
            for (int number = 0; number < 300; number++) {
                tasks.add(comeAndGo(all.get(number % 3), number));
            }
            for (var done : threads.invokeAll(tasks)) {
                done.get();
            }
        }
        var expected =
                IntStream.range(0, 300)
                        .filter(number -> number % 2 == 0)
                        .mapToObj(number -> "client" + number)
                        .collect(Collectors.toSet());
        await().during(SHORT).until(() -> clientsOf(all.getFirst()).equals(expected));
        assertThat(heard.all()).isEmpty();
    }

    /** Those with even numbers stay. */
    private static Callable<Void> comeAndGo(PresenceNode node, int number) {
        return () -> {
            var client = "client" + number;
            for (int time = 0; time < 10; time++) {
                node.add("room", client);
                join(node.remove("room", client));
            }
            if (number % 2 == 0) {
                node.add("room", client);
            }
            return null;
        };
    }

    private static Set<String> clientsOf(PresenceNode node) {
        return node.clients("room");
    }

    private PresenceNode node(Duration timeToLive) throws RedisStartFailure {
        var node = new PresenceNode(redis.url(), timeToLive, heard);
        nodes.add(node);
        return node;
    }

    private static void passTime(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
    }
}
