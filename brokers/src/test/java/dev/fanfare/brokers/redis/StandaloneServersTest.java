package dev.fanfare.brokers.redis;

import static dev.fanfare.brokers.redis.Scripts.APPEND;
import static dev.fanfare.brokers.redis.Scripts.words;
import static dev.fanfare.brokers.redis.TestServers.assertUnavailable;
import static dev.fanfare.brokers.redis.TestServers.generation;
import static dev.fanfare.brokers.redis.TestServers.join;
import static dev.fanfare.brokers.redis.TestServers.open;
import static dev.fanfare.brokers.redis.TestServers.options;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fanfare.core.model.Unavailable;
import dev.fanfare.harness.RedisProcess;
import dev.fanfare.harness.RedisProcess.Version;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One Redis, of each version there is. */
@Timeout(20)
@ParameterizedClass
@EnumSource(Version.class)
final class StandaloneServersTest {
    private static RedisProcess redis;

    private RedisServers servers;
    private final RecordingEar ear = new RecordingEar();

    StandaloneServersTest(Version version) {}

    @BeforeParameterizedClassInvocation
    static void startRedis(Version version) throws IOException {
        redis = RedisProcess.start(version);
    }

    @AfterParameterizedClassInvocation
    static void endRedis() {
        redis.close();
    }

    @BeforeEach
    void connect() throws Exception {
        if (!redis.isRunning()) {
            redis.start();
        }
        servers = open(redis.url());
    }

    @AfterEach
    void disconnect() {
        servers.close();
    }

    /** Where nothing is to fail, a slow machine must not make it. */
    private void bePatient() throws Exception {
        servers.close();
        servers = open(options(redis.url()).withTimeout(Duration.ofSeconds(10)));
    }

    @Test
    void runsScriptsWithTheGenerationAsTheirLastArgument() {
        var first = join(servers.run("a", APPEND, List.of("{a}once"), words("x")));
        var second = join(servers.run("a", APPEND, List.of("{a}once"), words("y")));

        assertThat(first.getFirst()).isEqualTo(1L);
        assertThat(second.getFirst()).isEqualTo(2L);
        assertThat(new String((byte[]) first.get(1), UTF_8)).matches("[0-9a-f]{12}-[0-9a-f]{12}");
        assertThat(second.get(1)).isEqualTo(first.get(1));
    }

    @Test
    void keepsTheOrderOfCalls() throws Exception {
        bePatient();
        var answers = new ArrayList<CompletionStage<List<Object>>>();
        for (int each = 0; each < 10_000; each++) {
            answers.add(servers.run("a", APPEND, List.of("{a}order"), words("" + each)));
        }

        var lengths = answers.stream().map(answer -> (Long) join(answer).getFirst()).toList();

        assertThat(lengths).isSorted().hasSize(10_000).doesNotHaveDuplicates();
    }

    @Test
    void keepsTheOrderOfCallsFromSeveralThreads() throws Exception {
        bePatient();
        var answers = new ArrayList<CompletionStage<List<Object>>>();
        try (var others = Executors.newFixedThreadPool(3)) {
            for (int each = 0; each < 1000; each++) {
                answers.add(servers.run("a", APPEND, List.of("{a}threads"), words("x")));
                answers.add(
                        others.submit(
                                        () ->
                                                servers.run(
                                                        "a",
                                                        APPEND,
                                                        List.of("{a}threads"),
                                                        words("x")))
                                .get());
            }
        }

        var lengths = answers.stream().map(answer -> (Long) join(answer).getFirst()).toList();

        assertThat(lengths).isSorted().hasSize(2000).doesNotHaveDuplicates();
    }

    @Test
    void delivers() throws Exception {
        bePatient();
        join(servers.subscribe("a", "{a}", ear));
        join(servers.subscribe("b", "{b}", ear));

        for (int each = 0; each < 1000; each++) {
            var _ = servers.send("a", "{a}", ("m" + each).getBytes(UTF_8));
        }

        await().until(() -> ear.heard().size() == 1000);
        assertThat(ear.heard())
                .isEqualTo(IntStream.range(0, 1000).mapToObj(each -> "{a} m" + each).toList());
        assertThat(ear.interrupted()).isEmpty();
    }

    @Test
    void hearsEverythingInOrderWhileOtherTopicsComeAndGo() throws Exception {
        bePatient();
        join(servers.subscribe("a", "{a}", ear));

        TestServers.sayAmongChanges(servers, "a", 3000);

        await().until(() -> ear.heard().size() == 3000);
        assertThat(ear.heard())
                .isEqualTo(IntStream.range(0, 3000).mapToObj(each -> "{a} m" + each).toList());
    }

    @Test
    void hearsNothingAnyMoreOfTopicsThatNobodyWants() {
        var other = new RecordingEar();
        join(servers.subscribe("a", "{a}", ear));
        servers.unsubscribe("a", "{a}");
        join(servers.subscribe("b", "{b}", other));

        join(servers.send("a", "{a}", words("lost").getFirst()));
        join(servers.send("b", "{b}", words("heard").getFirst()));

        await().until(() -> !other.heard().isEmpty());
        assertThat(ear.heard()).isEmpty();
    }

    @Test
    void hearsATopicAgainThatWasGivenUpBetween() {
        for (int each = 0; each < 100; each++) {
            var first = servers.subscribe("a", "{a}", ear);
            servers.unsubscribe("a", "{a}");
            var second = servers.subscribe("a", "{a}", ear);
            join(second);
            assertThat(first.toCompletableFuture()).isDone();
            join(servers.send("a", "{a}", words("m" + each).getFirst()));
            var message = "{a} m" + each;
            await().pollInterval(1, TimeUnit.MILLISECONDS)
                    .until(() -> ear.heard().contains(message));
        }

        assertThat(ear.heard()).hasSize(100);
    }

    @Test
    void refusesAtOnceWhileRedisIsGone() {
        redis.kill();
        await().until(() -> servers.unready().isPresent());

        assertUnavailable(servers.run("a", APPEND, List.of("{a}"), words("x")));
        assertUnavailable(servers.send("a", "{a}", new byte[0]));
        assertUnavailable(servers.subscribe("a", "{a}", ear));
        await().until(() -> servers.unready().orElseThrow().endsWith("connection refused"));
        assertThat(servers.unready())
                .contains("redis 127.0.0.1:" + redis.port() + ": connection refused");
    }

    @Test
    void subscribesAgainWhenRedisIsBackAndThenTellsOfTheInterruption() throws Exception {
        var topics = IntStream.range(0, 1000).mapToObj(each -> "{t" + each + "}").toList();
        topics.stream()
                .map(topic -> servers.subscribe(topic, topic, ear))
                .toList()
                .forEach(TestServers::join);
        var before = generation(servers, "a");
        redis.kill();
        await().until(() -> servers.unready().isPresent());
        assertUnavailable(servers.subscribe("late", "{late}", ear));
        servers.unsubscribe("t0", "{t0}");

        redis.start();

        var expected = new HashSet<>(topics);
        expected.remove("{t0}");
        expected.add("{late}");
        await().until(() -> ear.interrupted().size() >= 1000);
        assertThat(ear.interrupted()).containsExactlyInAnyOrderElementsOf(expected);
        expected.forEach(topic -> join(servers.send(topic, topic, words("m").getFirst())));
        await().until(() -> ear.heard().size() == 1000);
        assertThat(generation(servers, "a")).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"normal", "pubsub"})
    void makesBothConnectionsAnewWhenOneIsCut(String connection) throws Exception {
        join(servers.subscribe("a", "{a}", ear));
        var before = generation(servers, "a");

        redis.command("CLIENT", "KILL", "TYPE", connection);

        await().until(() -> ear.interrupted().equals(List.of("{a}")));
        assertThat(generation(servers, "a")).isEqualTo(before);
        join(servers.send("a", "{a}", words("m").getFirst()));
        await().until(() -> ear.heard().equals(List.of("{a} m")));
        assertThat(redis.command("CLIENT", "LIST").lines().filter(line -> line.contains("id=")))
                .hasSize(3);
    }

    @Test
    void leavesAPrimaryThatBecomesAReplicaAndTakesItForAnotherAfterwards() throws Exception {
        join(servers.subscribe("a", "{a}", ear));
        var before = generation(servers, "a");

        redis.command("REPLICAOF", "127.0.0.1", "1");

        assertUnavailable(servers.run("a", APPEND, List.of("{a}"), words("x")));
        await().until(() -> servers.unready().orElse("").endsWith("is a replica"));
        redis.command("REPLICAOF", "NO", "ONE");
        await().until(() -> ear.interrupted().equals(List.of("{a}")));
        assertThat(generation(servers, "a")).isNotEqualTo(before);
    }

    @Test
    void letsOthersGoWhenRedisIsFrozenAndConnectsAnewWhenItThaws() throws Exception {
        join(servers.subscribe("a", "{a}", ear));
        redis.freeze();
        try {
            long start = System.nanoTime();
            assertUnavailable(servers.run("a", APPEND, List.of("{a}"), words("x")));
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofMillis(950));
            await().until(() -> servers.unready().isPresent());
            assertUnavailable(servers.send("a", "{a}", new byte[0]));
        } finally {
            redis.thaw();
        }

        await().until(() -> servers.unready().isEmpty());
        await().until(() -> ear.interrupted().equals(List.of("{a}")));
        join(servers.send("a", "{a}", words("m").getFirst()));
        await().until(() -> ear.heard().equals(List.of("{a} m")));
    }

    @Test
    void refusesWhatIsTooMuch() throws Exception {
        try (var few = open(options(redis.url()).withQueueLimit(10))) {
            redis.freeze();
            try {
                var answers = new ArrayList<CompletableFuture<Void>>();
                for (int each = 0; each < 11; each++) {
                    answers.add(few.send("a", "{a}", new byte[0]).toCompletableFuture());
                }
                assertThat(answers.getFirst()).isNotDone();
                assertThatThrownBy(answers.getLast()::join)
                        .hasRootCauseInstanceOf(Unavailable.class)
                        .hasMessageContaining("10 commands wait already");
            } finally {
                redis.thaw();
            }
        }
    }

    @Test
    void teachesRedisAScriptAgainThatItHasForgotten() throws Exception {
        join(servers.run("a", APPEND, List.of("{a}forgotten"), words("x")));
        redis.command("SCRIPT", "FLUSH");

        assertUnavailable(servers.run("a", APPEND, List.of("{a}forgotten"), words("y")));
        var answer = join(servers.run("a", APPEND, List.of("{a}forgotten"), words("z")));

        assertThat(answer.getFirst()).isEqualTo(2L);
    }
}
