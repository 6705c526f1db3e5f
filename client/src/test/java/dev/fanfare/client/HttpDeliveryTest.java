package dev.fanfare.client;

import static dev.fanfare.client.FakeServer.hangsUp;
import static dev.fanfare.client.FakeServer.leadsTo;
import static dev.fanfare.client.FakeServer.says;
import static dev.fanfare.client.FakeServer.saysHalf;
import static dev.fanfare.client.FakeServer.saysNothing;
import static dev.fanfare.client.FakeServer.takes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fanfare.client.RealtimeException.Code;
import dev.fanfare.client.RealtimeException.Reply;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class HttpDeliveryTest {
    private static final Event EVENT = new Event("1", "post:1", "{\"type\":\"t\"}", null);

    @Test
    void postsTheEvent() {
        try (var server = new FakeServer(takes())) {
            deliver(server);
            var asked = server.asked.get(0);
            assertThat(asked.path()).isEqualTo("/internal/publish");
            assertThat(asked.key()).isEqualTo("Bearer token");
            assertThat(asked.body()).isEqualTo(EVENT.body());
        }
    }

    @Test
    void sendsAgainWhatAConnectionLostThatWasKeptOpen() {
        try (var server = new FakeServer(hangsUp(), takes())) {
            deliver(server);
            assertThat(server.asked).hasSize(2);
            assertThat(server.asked.get(1)).isEqualTo(server.asked.get(0));
        }
    }

    @Test
    void nobodyIsThere() {
        var server = new FakeServer(takes());
        server.close();
        var failure = failure(server);
        assertThat(failure.code()).isEqualTo(Code.UNREACHABLE);
        assertThat(failure).hasMessageEndingWith("/internal/publish): no connection");
    }

    @Test
    void waitsNoLongerThanItsTimeout() {
        for (var reaction : new FakeServer.Reaction[] {saysNothing(), saysHalf()}) {
            try (var server = new FakeServer(reaction)) {
                var failure =
                        catchThrowableOfType(
                                RealtimeException.class,
                                () -> deliver(server, Duration.ofMillis(200)));
                assertThat(failure.code()).isEqualTo(Code.TIMEOUT);
                assertThat(failure)
                        .hasMessage(
                                "post:1 (%s/internal/publish): no answer within 200 ms",
                                server.address());
            }
        }
    }

    @Test
    void tellsTheServersExplanation() {
        var detail = "channel: nowhere (expected: one of post:{id}, comment:{id})";
        try (var server = new FakeServer(says(400, "{\"detail\":\"" + detail + "\"}"))) {
            var failure = failure(server);
            assertThat(failure.code()).isEqualTo(Code.REFUSED);
            assertThat(failure.reply()).contains(new Reply(400, detail));
            assertThat(failure).hasMessageEndingWith(detail);
            assertThat(server.asked).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, true, UNAUTHORIZED",
        "403, true, UNAUTHORIZED",
        "404, true, UNEXPECTED",
        "408, true, BUSY",
        "413, true, REFUSED",
        "413, false, UNEXPECTED",
        "429, true, BUSY",
        "500, false, UNAVAILABLE",
        "503, true, UNAVAILABLE",
        "200, false, UNEXPECTED"
    })
    void understandsEveryAnswer(int status, boolean isExplained, Code code) {
        var body = isExplained ? "{\"title\":\"no\",\"detail\":\"why\"}" : "<html>";
        try (var server = new FakeServer(says(status, body))) {
            assertThat(failure(server).code()).isEqualTo(code);
        }
    }

    @Test
    void takesTheTokenNowhereElse() {
        try (var other = new FakeServer(takes());
                var server = new FakeServer(leadsTo(other.address()))) {
            assertThat(failure(server).code()).isEqualTo(Code.UNEXPECTED);
            assertThat(other.asked).isEmpty();
        }
    }

    private static void deliver(FakeServer server) {
        deliver(server, Duration.ofSeconds(10));
    }

    private static void deliver(FakeServer server, Duration timeout) {
        var config = PublisherConfig.of(server.address(), "token").withTimeout(timeout);
        Blocking.await("event", new HttpDelivery(config).deliver(EVENT));
    }

    private static RealtimeException failure(FakeServer server) {
        return catchThrowableOfType(RealtimeException.class, () -> deliver(server));
    }
}
