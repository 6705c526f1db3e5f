package dev.fanfare.brokers.redis;

import static dev.fanfare.brokers.redis.Scripts.APPEND;
import static dev.fanfare.brokers.redis.Scripts.words;
import static dev.fanfare.brokers.redis.TestServers.join;
import static dev.fanfare.brokers.redis.TestServers.open;
import static dev.fanfare.brokers.redis.TestServers.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fanfare.harness.Certificate;
import dev.fanfare.harness.RedisProcess;
import dev.fanfare.harness.RedisProcess.Version;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is needed to come in, and what is said to those who cannot. */
final class RedisStartTest {
    /** Twenty time-outs: a machine that is busy needs some time, too. */
    private static final Duration BOUND = Duration.ofSeconds(10);

    /** What connections need, and the script of this test. */
    private static final String RIGHTS =
            "+auth +select +info +evalsha +script|load +rpush"
                    + " +publish +subscribe +unsubscribe";

    private static RedisProcess open;
    private static RedisProcess locked;
    private static RedisProcess encrypted;
    private static RedisProcess replica;
    private static RedisProcess member;
    private static RedisProcess sentinel;
    private static Certificate certificate;

    @BeforeAll
    static void startServers(@TempDir Path directory) throws IOException {
        certificate = Certificate.make(directory);
        open = RedisProcess.start(Version.REDIS_7);
        locked =
                RedisProcess.start(
                        Version.REDIS_7,
                        ("--requirepass secret --user anna on >word ~fanfare:* &fanfare:* "
                                        + RIGHTS
                                        + " --user ben on >word ~* &* +ping")
                                .split(" ", -1));
        encrypted = RedisProcess.startTls(Version.REDIS_7, certificate);
        var primary = String.valueOf(open.port());
        replica = RedisProcess.start(Version.REDIS_7, "--replicaof", "127.0.0.1", primary);
        member = RedisProcess.start(Version.REDIS_7, "--cluster-enabled", "yes");
        sentinel = RedisProcess.startSentinel(Version.REDIS_7, "mymaster", open);
    }

    @AfterAll
    static void endServers() {
        List.of(open, locked, encrypted, replica, member, sentinel).forEach(RedisProcess::close);
    }

    @Test
    void comesInWithAPassword() throws Exception {
        assertWorks(options("redis://:secret@127.0.0.1:" + locked.port()));
    }

    @Test
    void comesInAsAUser() throws Exception {
        assertWorks(options("redis://anna:word@127.0.0.1:" + locked.port() + "/3"));
    }

    @Test
    void comesInWithTls() throws Exception {
        assertWorks(
                options("rediss://127.0.0.1:" + encrypted.port())
                        .withAuthorities(certificate.file()));
        assertWorks(
                options("rediss://localhost:" + encrypted.port())
                        .withAuthorities(certificate.file()));
    }

    private static void assertWorks(RedisOptions options) throws RedisStartFailure {
        var ear = new RecordingEar();
        var topic = "fanfare:{a}";
        try (var servers = open(options.withTimeout(Duration.ofSeconds(5)))) {
            join(servers.subscribe("a", topic, ear));
            join(servers.run("a", APPEND, List.of("fanfare:{a}:list"), words("x")));
            join(servers.send("a", topic, words("hello").getFirst()));
            await().until(() -> ear.heard().equals(List.of(topic + " hello")));
        }
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        int port = RedisProcess.freePort();
        assertRefused(
                options("redis://127.0.0.1:" + port),
                "redis 127.0.0.1:" + port + ": connection refused",
                "does Redis run there");
    }

    @Test
    void saysThatTheHostIsUnknown() {
        assertRefused(options("redis://nobody.invalid"), "unknown host", "name right?");
    }

    @Test
    void saysThatThePasswordIsWrong() {
        assertRefused(
                options("redis://:wrong@127.0.0.1:" + locked.port()),
                "WRONGPASS",
                "are user and password right?");
        assertRefused(
                options("redis://zoe:word@127.0.0.1:" + locked.port()),
                "WRONGPASS",
                "are user and password right?");
    }

    @Test
    void saysThatAPasswordIsMissingOrTooMuch() {
        assertRefused(options(locked.url()), "asks for a password", "redis://:password@host:port");
        assertRefused(
                options("redis://:secret@127.0.0.1:" + open.port()),
                "has no password",
                "leave it out");
    }

    @Test
    void saysThatTheUserMayNotDoWhatWeNeed() {
        assertRefused(options("redis://ben:word@127.0.0.1:" + locked.port()), "NOPERM", "rights");
    }

    @Test
    void saysThatItIsNotThePrimary() {
        assertRefused(options(replica.url()), "is a replica", "its primary's address");
    }

    @Test
    void saysThatOneSideSpeaksTls() {
        assertRefused(
                options("rediss://127.0.0.1:" + open.port()), "no answer", "Without: redis://");
        assertRefused(
                options("redis://127.0.0.1:" + encrypted.port()),
                "closes the connection",
                "rediss://");
    }

    @Test
    void saysThatTheCertificateIsNotTrusted() {
        assertRefused(
                options("rediss://127.0.0.1:" + encrypted.port()),
                "TLS failed",
                "authority's certificate");
    }

    @Test
    void saysWhichKindOfAddressIsMeant() {
        assertRefused(options(member.url()), "is a cluster server", "redis-cluster://");
        assertRefused(options(sentinel.url()), "is a sentinel server", "redis-sentinel://");
        assertRefused(
                options("redis-cluster://127.0.0.1:" + open.port()),
                "is not a cluster",
                "use redis://");
        assertRefused(
                options("redis-cluster://127.0.0.1:" + member.port()),
                "some slots have no primary",
                "cluster_state:ok");
        assertRefused(
                options("redis-sentinel://127.0.0.1:" + open.port() + "/mymaster"),
                "is no Sentinel",
                "use redis://");
    }

    @Test
    void saysThatSentinelsDoNotKnowTheMaster() {
        assertRefused(
                options("redis-sentinel://127.0.0.1:" + sentinel.port() + "/other"),
                "knows no master other",
                "its configuration monitors");
    }

    @Test
    void saysThatSomethingElseListensOrNobodyAnswers() throws Exception {
        try (var silent = new ServerSocket(0)) {
            assertRefused(
                    options("redis://127.0.0.1:" + silent.getLocalPort()), "no answer", "TLS");
        }
    }

    private static void assertRefused(RedisOptions options, String why, String advice) {
        long start = System.nanoTime();
        assertThatThrownBy(() -> open(options))
                .isInstanceOf(RedisStartFailure.class)
                .hasMessageContaining(why)
                .hasMessageContaining(advice);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
    }
}
