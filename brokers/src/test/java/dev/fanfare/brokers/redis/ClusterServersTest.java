package dev.fanfare.brokers.redis;

import static dev.fanfare.brokers.redis.Scripts.APPEND;
import static dev.fanfare.brokers.redis.Scripts.words;
import static dev.fanfare.brokers.redis.TestServers.generation;
import static dev.fanfare.brokers.redis.TestServers.join;
import static dev.fanfare.brokers.redis.TestServers.open;
import static dev.fanfare.brokers.redis.TestServers.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.harness.RedisClusterProcesses;
import dev.fanfare.harness.RedisProcess.Version;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Three primaries that share the slots. */
@ParameterizedClass
@EnumSource(Version.class)
final class ClusterServersTest {
    private static final List<String> TAGS =
            IntStream.range(0, 300).mapToObj(each -> "tag" + each).toList();

    private static RedisClusterProcesses cluster;

    private final Version version;
    private final RecordingEar ear = new RecordingEar();
    private RedisServers servers;

    ClusterServersTest(Version version) {
        this.version = version;
    }

    @BeforeParameterizedClassInvocation
    static void startCluster(Version version) throws IOException {
        cluster = RedisClusterProcesses.start(version, 3);
    }

    @AfterParameterizedClassInvocation
    static void endCluster() {
        cluster.close();
    }

    @BeforeEach
    void connect() throws Exception {
        servers = open(cluster.url());
    }

    @AfterEach
    void disconnect() {
        servers.close();
    }

    @Test
    void computesSlotsAsRedisDoes() throws IOException {
        for (var tag : List.of("news", "c.news", "Grüße", "123456789")) {
            assertThat(cluster.node(0).command("CLUSTER", "KEYSLOT", "x{" + tag + "}y"))
                    .isEqualTo(String.valueOf(Placement.slot(tag)));
        }
    }

    @Test
    void usesTopicsOfShardsWhereThereAreSome() {
        assertThat(servers.isSharded()).isEqualTo(version == Version.REDIS_7);
    }

    @Test
    void findsThePrimaryOfEachTag() {
        TAGS.stream().map(this::subscribe).toList().forEach(TestServers::join);
        var generations = new HashSet<String>();
        TAGS.forEach(tag -> generations.add(generation(servers, tag)));
        TAGS.stream().map(tag -> say(servers, tag, "m")).toList().forEach(TestServers::join);

        await().until(() -> ear.heard().size() == TAGS.size());
        assertThat(new HashSet<>(ear.heard())).hasSize(TAGS.size());
        assertThat(generations).hasSize(3);
        assertThat(ear.interrupted()).isEmpty();
    }

    @Test
    void hearsEverythingInOrderWhileOtherTopicsComeAndGo() {
        join(subscribe("a"));

        TestServers.sayAmongChanges(servers, "a", 3000);

        await().until(() -> ear.heard().size() == 3000);
        assertThat(ear.heard())
                .isEqualTo(IntStream.range(0, 3000).mapToObj(each -> "{a} m" + each).toList());
    }

    @Test
    void followsASlotToItsNewPrimary() throws Exception {
        var tag = "moving";
        int slot = Placement.slot(tag);
        int owner = cluster.ownerOf(slot);
        int next = (owner + 1) % 3;
        join(subscribe(tag));
        join(subscribe("staying"));
        var before = generation(servers, "staying");
        cluster.moveSlot(slot, owner, next);
        try {
            await().until(() -> ear.interrupted().equals(List.of("{moving}")));
            await().ignoreExceptions()
                    .until(() -> say(servers, tag, "m").toCompletableFuture().get() == null);
            await().until(() -> ear.heard().contains("{moving} m"));
            assertThat(generation(servers, "staying")).isEqualTo(before);
            join(servers.run(tag, APPEND, List.of("{moving}list"), words("x")));
        } finally {
            cluster.node(next).command("DEL", "{moving}list");
            cluster.moveSlot(slot, next, owner);
        }
    }

    private CompletionStage<Void> subscribe(String tag) {
        return servers.subscribe(tag, "{" + tag + "}", ear);
    }
}
