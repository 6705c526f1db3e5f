package dev.fanfare.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fanfare.check.client.Backend;
import dev.fanfare.check.client.Listener;
import dev.fanfare.check.client.Profile;
import dev.fanfare.check.client.Protocol;
import dev.fanfare.check.client.Publisher;
import dev.fanfare.check.client.Publisher.Manner;
import dev.fanfare.check.client.Site;
import dev.fanfare.check.history.Publish;
import dev.fanfare.check.history.Recorder;
import dev.fanfare.check.history.Recording;
import dev.fanfare.check.history.Run;
import dev.fanfare.check.history.Subscription;
import dev.fanfare.check.judge.Judge;
import dev.fanfare.check.judge.Rule;
import dev.fanfare.check.world.World;
import dev.fanfare.harness.FaultProxy.Tampering;
import dev.fanfare.harness.RedisProcess.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A message falsified on its way from a real node to a client: whether the checker finds out. */
@Timeout(120)
class TamperingTest {
    private static final String PUBLICATION = "\"payload\"";
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static World world;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        assumeTrue(ServerJar.isThere(), "the server is not packaged: mvn verify does so");
        world = World.start(ServerJar.find(), directory, 1, Version.REDIS_7);
    }

    @AfterAll
    static void end() {
        if (world != null) {
            world.close();
        }
    }

    @Test
    void findsNothingWhereNothingIsFalsified() throws Exception {
        assertThat(Judge.judge(recording("short:1", site -> {})).violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DROP, kept:1, NOTHING_LOST",
        "REPEAT, kept:2, NOTHING_TWICE",
        "SWAP, met:1, ORDER"
    })
    void reportsWhatIsFalsified(Tampering tampering, String channel, Rule rule) throws Exception {
        var recording =
                recording(
                        channel,
                        site ->
                                world.proxyOfClients(0)
                                        .tamper(tampering, PUBLICATION)
                                        .get(10, TimeUnit.SECONDS));
        assertThat(Judge.judge(recording).violations())
                .isNotEmpty()
                .anyMatch(violation -> violation.rule() == rule);
    }

    /** What is done while messages are on their way. */
    private interface Deed {
        void run(Site site) throws Exception;
    }

    /** Of a run on a channel that no other has used. */
    private static Recording recording(String channel, Deed deed) throws Exception {
        var channels =
                World.channels().stream().filter(rules -> rules.name().equals(channel)).toList();
        var recorder = new Recorder(new Run(0, channels, World.promises()), System::nanoTime);
        var site = world.site(recorder);
        var profile = new Profile("ann", "ann", Protocol.PLAIN_COMMANDS, channels);
        try (var _ = Listener.start(site, profile)) {
            publish(channel, site, recorder, deed);
            await().until(() -> heard(recorder) >= acknowledged(recorder) - 1);
            return recorder.recording();
        }
    }

    private static void publish(String channel, Site site, Recorder recorder, Deed deed)
            throws Exception {
        var names = List.of(channel);
        try (var backend = new Backend(site);
                var _ = Publisher.start("bob", Manner.REQUESTS, site, backend, names, PAUSE)) {
            await().until(() -> heard(recorder) > 10);
            deed.run(site);
            long before = heard(recorder);
            await().until(() -> heard(recorder) > before + 10);
        }
    }

    private static long heard(Recorder recorder) {
        return recorder.recording().entries().stream()
                .filter(entry -> entry.fact() instanceof Subscription.Received)
                .count();
    }

    private static long acknowledged(Recorder recorder) {
        return recorder.recording().entries().stream()
                .filter(entry -> entry.fact() instanceof Publish.Acknowledged)
                .count();
    }
}
