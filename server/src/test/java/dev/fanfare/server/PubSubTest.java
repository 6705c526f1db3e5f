package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.harness.RedisProcess;
import dev.fanfare.harness.RedisProcess.Version;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that listen on Redis for what backends in any language publish there. */
@Timeout(60)
class PubSubTest {
    private static final String CONNECTED = "fanfare_pubsub_connected";
    private static final String HEARD = "fanfare_pubsub_messages_total";

    private RedisProcess redis;

    @BeforeEach
    void start() throws IOException {
        redis = RedisProcess.start(Version.REDIS_7);
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void publishesWhatABackendSaysThere() throws IOException {
        try (var server = listening();
                var socket = server.subscriber("post:1");
                var excluded = server.socket("/ws?channels=post:1&token=" + server.token("7"))) {
            say(gift("\"id\":\"a\",\"excludeUserId\":\"7\",", 1));
            say("[" + gift("\"id\":\"b\",", 2) + "," + gift("", 3) + "]");
            for (int number = 1; number <= 3; number++) {
                assertThat(socket.text())
                        .isEqualTo("{\"type\":\"gift.received\",\"n\":" + number + "}");
            }
            assertThat(excluded.json().get("n").asInt()).isEqualTo(2);
            assertThat(server.metric(HEARD)).isEqualTo(2);
            assertThat(server.metric("fanfare_publications_total")).isEqualTo(3);
        }
    }

    @Test
    void deliversAnIdOnceWhicheverWayItComes() throws IOException {
        try (var server = listening();
                var socket = server.subscriber("post:1")) {
            say(gift("\"id\":\"a\",", 1));
            say(gift("\"id\":\"a\",", 2));
            assertThat(socket.json().get("n").asInt()).isEqualTo(1);
            assertThat(server.publish(gift("\"id\":\"a\",", 3)).status()).isEqualTo(200);
            assertThat(server.publish(gift("\"id\":\"b\",", 4)).status()).isEqualTo(200);
            say(gift("\"id\":\"b\",", 5));
            say(gift("\"id\":\"c\",", 6));
            assertThat(socket.json().get("n").asInt()).isEqualTo(4);
            assertThat(socket.json().get("n").asInt()).isEqualTo(6);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | bad_request",
                "{'channel':'post:1'} | bad_request",
                "{'channel':'post:1','channel':'post:1','payload':{}} | bad_request",
                "{'channel':'post:0','id':'1','payload':{'type':'gift.received'}} |"
                        + " unknown_channel",
                "{'channel':'post:1','id':'1','payload':{'type':'nope'}} | unknown_event"
            })
    void refusesAsTheEndpointDoesAndListensOn(String message, String code) throws IOException {
        try (var server = listening();
                var socket = server.subscriber("post:1")) {
            say(message.replace('\'', '"'));
            say(gift("\"id\":\"a\",", 1));
            assertThat(socket.json().get("n").asInt()).isEqualTo(1);
            assertThat(
                            server.metric(
                                    "fanfare_refusals_total{reason=\""
                                            + code
                                            + "\",where=\"publish\"}"))
                    .isEqualTo(1);
            assertThat(server.metric("fanfare_pubsub_refusals_total")).isEqualTo(1);
        }
    }

    @Test
    void refusesWhatIsTooLarge() throws IOException {
        try (var server = listening("publish.body-limit: 1KiB\n");
                var socket = server.subscriber("post:1")) {
            say(" ".repeat(1025) + gift("\"id\":\"a\",", 1));
            say(gift("\"id\":\"b\",", 2));
            assertThat(socket.json().get("n").asInt()).isEqualTo(2);
            assertThat(server.metric("fanfare_pubsub_refusals_total")).isEqualTo(1);
        }
    }

    @Test
    void severalNodesThatHearAMessageDeliverItOnce() throws IOException {
        var pubSub = "pubsub.redis-url: " + redis.url() + "\n";
        try (var nodes = NodePair.on(redis, pubSub);
                var one = nodes.one().subscriber("now:1");
                var two = nodes.two().subscriber("now:1")) {
            awaitListening(nodes.one());
            awaitListening(nodes.two());
            for (int n = 0; n < 50; n++) {
                say(note("\"id\":\"" + n + "\",", n));
            }
            say(note("", 1000));
            say(note("\"id\":\"last\",", 50));
            for (var socket : new TestSocket[] {one, two}) {
                for (int n = 0; n <= 50; n++) {
                    assertThat(socket.json().get("n").asInt()).isEqualTo(n);
                }
            }
            for (var node : new RunningServer[] {nodes.one(), nodes.two()}) {
                await().untilAsserted(() -> assertThat(node.metric(HEARD)).isEqualTo(52));
                assertThat(node.metric("fanfare_pubsub_refusals_total")).isEqualTo(1);
            }
        }
    }

    @Test
    void listensAgainWhenRedisIsBack() throws IOException {
        try (var server = listening();
                var socket = server.subscriber("post:1")) {
            for (int n = 1; n <= 2; n++) {
                redis.restartEmpty();
                awaitListening(server);
                awaitHeard(gift("\"id\":\"" + n + "\",", n));
                assertThat(socket.json().get("n").asInt()).isEqualTo(n);
            }
            redis.kill();
            await().until(() -> server.metric(CONNECTED) == 0);
            assertThat(server.get("/health/ready").status()).isEqualTo(200);
        }
    }

    @Test
    void startsWithoutItsRedisAndListensWhenItIsThere() throws IOException {
        redis.kill();
        try (var server = RunningServer.start("pubsub.redis-url: " + redis.url() + "/0\n");
                var socket = server.subscriber("post:1")) {
            assertThat(server.metric(CONNECTED)).isZero();
            redis.start();
            awaitListening(server);
            awaitHeard(gift("\"id\":\"a\",", 1));
            assertThat(socket.json().get("n").asInt()).isEqualTo(1);
        }
    }

    @Test
    void hearsNothingAnyMoreWhenItIsClosed() throws IOException {
        listening().close();
        await().until(() -> redis.command("PUBLISH", "fanfare:publish", "{}").equals("0"));
    }

    private RunningServer listening() {
        return listening("");
    }

    private RunningServer listening(String yaml) {
        var server = RunningServer.start("pubsub.redis-url: " + redis.url() + "\n" + yaml);
        awaitListening(server);
        return server;
    }

    private void awaitListening(RunningServer server) {
        await().until(() -> server.metric(CONNECTED) == 1);
        await().until(() -> !redis.command("PUBSUB", "NUMSUB", "fanfare:publish").endsWith("0"));
    }

    /** Until somebody hears it; it has an id. */
    private void awaitHeard(String message) {
        await().until(() -> !redis.command("PUBLISH", "fanfare:publish", message).equals("0"));
    }

    private void say(String message) throws IOException {
        assertThat(redis.command("PUBLISH", "fanfare:publish", message)).isNotEqualTo("0");
    }

    private static String gift(String members, int number) {
        return "{\"channel\":\"post:1\","
                + members
                + "\"payload\":{\"type\":\"gift.received\",\"n\":"
                + number
                + "}}";
    }

    private static String note(String members, int number) {
        return "{\"channel\":\"now:1\"," + members + "\"payload\":{\"n\":" + number + "}}";
    }
}
