package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.fanfare.client.Event;
import dev.fanfare.client.HttpDelivery;
import dev.fanfare.client.Publisher;
import dev.fanfare.client.PublisherConfig;
import dev.fanfare.client.RealtimeException;
import dev.fanfare.client.RealtimeException.Code;
import dev.fanfare.client.RedisDelivery;
import dev.fanfare.client.jdbc.CommitHooks;
import dev.fanfare.client.micrometer.PublisherMetrics;
import dev.fanfare.harness.RedisProcess;
import dev.fanfare.harness.RedisProcess.Version;
import dev.fanfare.server.config.Development;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A backend in Java with the backend library, a real server, and a real Redis behind it. */
@Timeout(60)
class BackendTest {
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PublisherMetrics metrics = new PublisherMetrics(registry);
    private RedisProcess redis;
    private RunningServer server;
    private TestSocket socket;

    @BeforeEach
    void start() throws IOException {
        redis = RedisProcess.start(Version.REDIS_7);
        server = RunningServer.start("pubsub.redis-url: " + redis.url() + "\n");
        await().until(() -> redis.command("PUBSUB", "NUMSUB", "fanfare:publish").endsWith("1"));
        socket = server.subscriber("post:1,post:2,post:3,post:4");
    }

    @AfterEach
    void stop() {
        socket.close();
        server.close();
        redis.close();
    }

    @Test
    void publishesOverHttpWhereItCan() {
        try (var publisher = publisher(server.port())) {
            publisher.publish("post:1", () -> Map.of("type", "gift.received"));
            assertThat(socket.text()).isEqualTo("{\"type\":\"gift.received\"}");
            assertThat(delivered("http")).isEqualTo(1);
            assertThat(server.metric("fanfare_pubsub_messages_total")).isZero();
        }
    }

    @Test
    void goesThroughRedisWhileItsServerIsDownAndOverHttpWhenItIsUpAgain() throws IOException {
        int port = RedisProcess.freePort();
        try (var publisher = publisher(port)) {
            publisher.publish(gift(1));
            assertThat(socket.json().get("n").asInt()).isEqualTo(1);
            assertThat(delivered("redis")).isEqualTo(1);

            var options = Map.of("dev", "true", "port", String.valueOf(port));
            try (var its = RunningServer.start(InstantSource.system(), "", options);
                    var there = its.subscriber("post:1")) {
                publisher.publish(gift(2));
                assertThat(there.json().get("n").asInt()).isEqualTo(2);
                assertThat(delivered("http")).isEqualTo(1);
            }

            publisher.publish(gift(3));
            assertThat(socket.json().get("n").asInt()).isEqualTo(3);
            assertThat(delivered("redis")).isEqualTo(2);
        }
    }

    @Test
    void anEventThatComesBothWaysAtOnceIsDeliveredOnce() {
        var config = config(server.port());
        try (var http = new HttpDelivery(config);
                var other = new RedisDelivery(redis.url(), TIMEOUT)) {
            for (int n = 0; n < 100; n++) {
                var event = gift(n);
                CompletableFuture.allOf(http.deliver(event), other.deliver(event)).join();
            }
            for (int n = 0; n < 100; n++) {
                assertThat(socket.json().get("n").asInt()).isEqualTo(n);
            }
        }
    }

    @Test
    void whatTheServerRefusesIsThrownAndNotTriedOnRedis() {
        try (var publisher = publisher(server.port())) {
            var failure = failure(publisher, Event.ofJson("post:1", "{\"type\":\"nope\"}"));
            assertThat(failure.code()).isEqualTo(Code.REFUSED);
            assertThat(failure.reply().orElseThrow().code()).isEqualTo(400);
            assertThat(failure)
                    .hasMessageContaining("payload.type: nope (expected: an event of this channel");

            var stranger = PublisherConfig.of(url(server.port()), "another").withRedis(redis.url());
            try (var other = Publisher.of(stranger, metrics)) {
                assertThat(failure(other, gift(1)).code()).isEqualTo(Code.UNAUTHORIZED);
            }
            publisher.publish(gift(2));
            assertThat(socket.json().get("n").asInt()).isEqualTo(2);
            assertThat(server.metric("fanfare_pubsub_messages_total")).isZero();
        }
    }

    @Test
    void aServerThatFailsOrSaysNothingIsPassedBy() throws IOException {
        var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var failing = HttpServer.create(loopback, 0);
        failing.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(502, -1);
                    exchange.close();
                });
        failing.start();
        try (var silent = new ServerSocket(0, 50, loopback.getAddress());
                var one = publisher(failing.getAddress().getPort());
                var other = publisher(silent.getLocalPort())) {
            one.publish(gift(1));
            long began = System.nanoTime();
            for (int n = 2; n < 20; n++) {
                other.publish(gift(n));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(TIMEOUT.multipliedBy(6));
            for (int n = 1; n < 20; n++) {
                assertThat(socket.json().get("n").asInt()).isEqualTo(n);
            }
        } finally {
            failing.stop(0);
        }
    }

    @Test
    void keepsTheOrderOfEveryChannelUnderConcurrency() {
        try (var publisher = publisher(server.port())) {
            var writers =
                    IntStream.rangeClosed(1, 4)
                            .mapToObj(
                                    post -> CompletableFuture.runAsync(() -> many(publisher, post)))
                            .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(writers).join();
            var next = new int[5];
            for (int i = 0; i < 400; i++) {
                var heard = socket.json();
                assertThat(heard.get("n").asInt()).isEqualTo(next[heard.get("post").asInt()]++);
            }
        }
    }

    private static void many(Publisher publisher, int post) {
        var all =
                IntStream.range(0, 100)
                        .mapToObj(
                                n ->
                                        publisher.publishAsync(
                                                "post:" + post,
                                                () ->
                                                        Map.of(
                                                                "type",
                                                                "gift.received",
                                                                "post",
                                                                post,
                                                                "n",
                                                                n)))
                        .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).join();
    }

    @Test
    void saysHowBothWaysFailedAndComesBackWhenRedisDoes() throws IOException {
        try (var publisher = publisher(RedisProcess.freePort())) {
            redis.kill();
            var failure = failure(publisher, gift(1));
            assertThat(failure.code()).isEqualTo(Code.UNREACHABLE);
            assertThat(failure)
                    .hasMessageContaining("/internal/publish): ")
                    .hasMessageContaining("(fanfare:publish on redis://127.0.0.1:" + redis.port());

            redis.start();
            await().until(
                            () -> {
                                var event = gift(2);
                                return !publisher
                                        .publishAsync(event)
                                        .handle((nothing, thrown) -> thrown != null)
                                        .join();
                            });
            assertThat(socket.json().get("n").asInt()).isEqualTo(2);
        }
    }

    @Test
    void publishesWhatATransactionTellsWhenItIsCommitted() throws SQLException {
        var pool = JdbcConnectionPool.create("jdbc:h2:mem:", "", "");
        try (var publisher = publisher(server.port());
                var connection = CommitHooks.around(pool).getConnection()) {
            connection.setAutoCommit(false);
            publisher.publishAfterCommit(CommitHooks.transaction(connection), gift(1));
            connection.rollback();
            publisher.publishAfterCommit(CommitHooks.transaction(connection), gift(2));
            assertThat(server.publish(gift(3).body()).status()).isEqualTo(200);
            connection.commit();
            assertThat(socket.json().get("n").asInt()).isEqualTo(3);
            assertThat(socket.json().get("n").asInt()).isEqualTo(2);
        } finally {
            pool.dispose();
        }
    }

    @Test
    void anEventThatNobodyHearsHasFailed() {
        server.close();
        try (var publisher = publisher(server.port())) {
            assertThat(failure(publisher, gift(1))).hasMessageContaining("no server listens");
        }
    }

    @Test
    void aFrozenRedisHoldsAnEventUpForItsTimeoutAlone() throws IOException {
        try (var publisher = publisher(RedisProcess.freePort())) {
            publisher.publish(gift(1));
            redis.freeze();
            try {
                var failure = failure(publisher, gift(2));
                assertThat(failure).hasMessageContaining("no answer within 500 ms");
            } finally {
                redis.thaw();
            }
            await().until(
                            () ->
                                    publisher
                                            .publishAsync(gift(3))
                                            .handle((nothing, thrown) -> thrown == null)
                                            .join());
        }
    }

    @Test
    void entersARedisThatWantsAPassword() throws IOException {
        try (var locked = RedisProcess.start(Version.REDIS_6, "--requirepass", "se cret")) {
            var address = "redis://:se%20cret@127.0.0.1:" + locked.port();
            try (var there = RunningServer.start("pubsub.redis-url: \"" + address + "\"\n");
                    var way = new RedisDelivery(address, TIMEOUT);
                    var wrong = new RedisDelivery(locked.url(), TIMEOUT)) {
                await().until(
                                () ->
                                        way.deliver(gift(1))
                                                .handle((nothing, thrown) -> thrown == null)
                                                .join());
                assertThat(there.metric("fanfare_pubsub_connected")).isEqualTo(1);
                assertThat(wrong.deliver(gift(2)))
                        .failsWithin(Duration.ofSeconds(10))
                        .withThrowableThat()
                        .withMessageContaining("NOAUTH");
            }
        }
    }

    private Publisher publisher(int port) {
        return Publisher.of(config(port).withRedis(redis.url()), metrics);
    }

    private static PublisherConfig config(int port) {
        return PublisherConfig.of(url(port), Development.PUBLISH_TOKEN).withTimeout(TIMEOUT);
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port;
    }

    private static RealtimeException failure(Publisher publisher, Event event) {
        return catchThrowableOfType(RealtimeException.class, () -> publisher.publish(event));
    }

    private long delivered(String way) {
        return registry.get("fanfare.publisher.delivered").tag("way", way).timer().count();
    }

    private static Event gift(int number) {
        return Event.ofJson("post:1", "{\"type\":\"gift.received\",\"n\":" + number + "}");
    }
}
