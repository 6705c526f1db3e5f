package dev.fanfare.client;

import static dev.fanfare.client.FakeServer.hangsUp;
import static dev.fanfare.client.FakeServer.leadsTo;
import static dev.fanfare.client.FakeServer.says;
import static dev.fanfare.client.FakeServer.saysHalf;
import static dev.fanfare.client.FakeServer.saysNothing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fanfare.client.RealtimeException.Code;
import dev.fanfare.client.RealtimeException.Reply;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RealtimeTest {
    private static final QueryInvalidation MESSAGE = QueryInvalidation.of("user");
    private static final String GOOD = "{\"result\":{\"offset\":7,\"epoch\":\"e\",\"more\":[1]}}";

    @Test
    void asksTheApi() {
        try (var server = new FakeServer(says(200, GOOD))) {
            var published = new Realtime(server.config()).publish("trpc:global", MESSAGE, "once");

            assertThat(published).isEqualTo(new Published(7, "e"));
            var asked = server.asked.get(0);
            assertThat(asked.path()).isEqualTo("/api/publish");
            assertThat(asked.key()).isEqualTo("key");
            assertThat(asked.body())
                    .contains("\"channel\":\"trpc:global\"")
                    .contains("\"idempotency_key\":\"once\"")
                    .contains("\"data\":" + Json.write(MESSAGE.members()));
        }
    }

    @Test
    void knowsChannelsWithoutHistory() {
        try (var server = new FakeServer(says(200, "{\"result\":{}}"))) {
            assertThat(new Realtime(server.config()).publish("c", MESSAGE))
                    .isEqualTo(new Published(0, ""));
        }
    }

    @Test
    void waitsForTroubleToPassAndUsesOneKey() {
        try (var server =
                new FakeServer(
                        says(503, ""), error(100, "internal server error"), says(200, GOOD))) {
            new Realtime(server.config()).publish("c", MESSAGE);
            assertThat(server.asked).hasSize(3);
            assertThat(server.asked.stream().map(RealtimeTest::key).distinct()).hasSize(1);
        }
    }

    @Test
    void givesUpAfterItsRetries() {
        try (var server = new FakeServer(hangsUp())) {
            var failure = failure(server.config().withRetries(1));
            assertThat(failure.code()).isEqualTo(Code.UNREACHABLE);
            assertThat(server.asked).hasSize(2);
        }
    }

    @Test
    void waitsNoLongerThanItsTimeout() {
        for (var reaction : new FakeServer.Reaction[] {saysNothing(), saysHalf()}) {
            try (var server = new FakeServer(reaction)) {
                var config = server.config().withTimeout(Duration.ofMillis(100)).withRetries(0);
                var failure = failure(config);
                assertThat(failure.code()).isEqualTo(Code.TIMEOUT);
                assertThat(failure)
                        .hasMessage(
                                "c ("
                                        + server.address()
                                        + "/api/publish): no answer within 100 ms");
            }
        }
    }

    @Test
    void tellsWhatTheServerRefuses() {
        try (var server = new FakeServer(error(107, "bad request: data.queryKey"))) {
            var failure = failure(server.config());
            assertThat(failure.code()).isEqualTo(Code.REFUSED);
            assertThat(failure.reply()).contains(new Reply(107, "bad request: data.queryKey"));
            assertThat(server.asked).hasSize(1);
        }
    }

    @Test
    void tellsAWrongKey() {
        var problem = "{\"status\":401,\"detail\":\"X-API-Key: nothing that fits\"}";
        try (var server = new FakeServer(says(401, problem))) {
            var failure = failure(server.config());
            assertThat(failure.code()).isEqualTo(Code.UNAUTHORIZED);
            assertThat(failure).hasMessageEndingWith(": X-API-Key: nothing that fits");
        }
    }

    @Test
    void tellsAnAnswerOfSomethingElse() {
        for (var body : new String[] {"<html>", "[]", "{}", "", "{\"result\":7}"}) {
            try (var server = new FakeServer(says(200, body))) {
                assertThat(failure(server.config()).code()).isEqualTo(Code.UNEXPECTED);
            }
        }
    }

    @Test
    void takesTheKeyNowhereElse() {
        try (var other = new FakeServer(says(200, GOOD));
                var server = new FakeServer(leadsTo(other.address()))) {
            assertThat(failure(server.config()).code()).isEqualTo(Code.UNEXPECTED);
            assertThat(other.asked).isEmpty();
        }
    }

    @Test
    void canBeWaitedForLater() throws Exception {
        try (var server = new FakeServer(says(200, GOOD), error(102, "unknown channel"))) {
            var realtime = new Realtime(server.config());
            assertThat(realtime.publishAsync("c", MESSAGE).get(9, TimeUnit.SECONDS).offset())
                    .isEqualTo(7);
            assertThat(realtime.publishAsync("nowhere", MESSAGE))
                    .failsWithin(Duration.ofSeconds(9))
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(RealtimeException.class);
        }
    }

    @Test
    void canBeInterrupted() {
        try (var server = new FakeServer(saysNothing())) {
            Thread.currentThread().interrupt();
            var failure = failure(server.config());
            assertThat(failure.code()).isEqualTo(Code.INTERRUPTED);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static RealtimeException failure(RealtimeConfig config) {
        var realtime = new Realtime(config);
        return catchThrowableOfType(RealtimeException.class, () -> realtime.publish("c", MESSAGE));
    }

    private static FakeServer.Reaction error(int code, String message) {
        return says(200, "{\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\"}}");
    }

    private static String key(FakeServer.Asked asked) {
        var key = Pattern.compile("\"idempotency_key\":\"([^\"]+)\"").matcher(asked.body());
        assertThat(key.find()).isTrue();
        return key.group(1);
    }
}
