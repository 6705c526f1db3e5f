package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A token holds until it expires, and not a moment longer. */
class TokenExpiryTest {
    private final TestClock clock = new TestClock();
    private RunningServer server;

    @BeforeEach
    void start() {
        server = RunningServer.start(clock, "");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aSocketLivesUntilItsTokenExpires() {
        var query = "&channels=post:1";
        try (var brief =
                        server.socket(
                                "/ws?token=" + server.token("1", Duration.ofSeconds(10)) + query);
                var later =
                        server.socket(
                                "/ws?token=" + server.token("2", Duration.ofSeconds(11)) + query)) {
            clock.advance(Duration.ofMillis(9_999));
            assertThat(brief.ask("{\"type\":\"ping\"}").get("type").asText()).isEqualTo("pong");

            clock.advance(Duration.ofMillis(1));
            assertThat(brief.ending()).isEqualTo(new TestSocket.Ending(3005, "connection expired"));
            assertThat(later.ask("{\"type\":\"ping\"}").get("type").asText()).isEqualTo("pong");
        }
    }

    @Test
    void aStreamIsToldThatItsTokenHasExpired() {
        var query = "?channels=post:1&token=" + server.token("1", Duration.ofSeconds(10));
        try (var events = server.lines("/sse" + query);
                var lines = server.lines("/stream" + query)) {
            clock.advance(Duration.ofSeconds(10));
            var last = events.event();
            assertThat(last.event()).isEqualTo("disconnect");
            assertThat(last.json().get("code").asInt()).isEqualTo(3005);
            assertThat(last.json().get("reason").asText()).isEqualTo("connection expired");
            assertThat(events.hasEnded()).isTrue();
            assertThat(Json.read(lines.line()).get("code").asInt()).isEqualTo(3005);
            assertThat(lines.hasEnded()).isTrue();
        }
    }

    @Test
    void aTokenIsGoodToItsLastMillisecond() {
        var target = "/ws?channels=post:1&token=" + server.token("1", Duration.ofSeconds(10));
        clock.advance(Duration.ofMillis(9_999));
        server.socket(target).close();
        clock.advance(Duration.ofMillis(1));
        assertThat(server.refusal(target).status()).isEqualTo(401);
    }
}
