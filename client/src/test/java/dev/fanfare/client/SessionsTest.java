package dev.fanfare.client;

import static dev.fanfare.client.FakeServer.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fanfare.client.RealtimeException.Code;
import dev.fanfare.client.Sessions.Delivery;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class SessionsTest {
    @Test
    void makesASession() {
        try (var server = new FakeServer(says(201, "{\"id\":\"s1\"}"))) {
            assertThat(new Sessions(server.config()).create("alice", "bob")).isEqualTo("s1");
            assertThat(server.asked.get(0).path()).isEqualTo("/api/v1/sessions");
            assertThat(server.asked.get(0).key()).isEqualTo("key");
            assertThat(server.asked.get(0).body()).isEqualTo("{\"members\":[\"alice\",\"bob\"]}");
        }
    }

    @Test
    void tellsEverybodyButOne() {
        var answer = says(202, "{\"sessionId\":\"s 1\",\"event\":\"session.paused\"}");
        try (var server = new FakeServer(answer)) {
            new Sessions(server.config())
                    .publishSessionEvent("s 1", "session.paused", Map.of("n", 1), "alice");
            assertThat(server.asked.get(0).path()).isEqualTo("/api/v1/sessions/s%201/events");
            assertThat(server.asked.get(0).body())
                    .isEqualTo(
                            "{\"event\":\"session.paused\",\"data\":{\"n\":1},"
                                    + "\"excludeUserId\":\"alice\"}");
        }
    }

    @ParameterizedTest
    @CsvSource({"realtime, REALTIME", "push, PUSH", "skipped, SKIPPED"})
    void saysWhichWayItWentToAPartner(String word, Delivery delivery) {
        try (var server =
                new FakeServer(says(503, ""), says(200, "{\"delivery\":\"" + word + "\"}"))) {
            var sessions = new Sessions(server.config());
            assertThat(sessions.notifyPartner("s1", "bob", "session.paused", Map.of()))
                    .isEqualTo(delivery);
            assertThat(sessions.nudge("s1", "bob")).isEqualTo(delivery);
            assertThat(server.asked).hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "429, REFUSED, 1",
        "404, REFUSED, 1",
        "401, UNAUTHORIZED, 1",
        "403, UNAUTHORIZED, 1",
        "503, UNAVAILABLE, 3"
    })
    void saysWhyItDidNot(int status, Code code, int tries) {
        try (var server = new FakeServer(says(status, "{\"detail\":\"why not\"}"))) {
            var sessions = new Sessions(server.config());
            assertThatExceptionOfType(RealtimeException.class)
                    .isThrownBy(() -> sessions.nudge("s1", "bob"))
                    .withMessageEndingWith("/api/v1/sessions/s1/nudge: why not")
                    .satisfies(failure -> assertThat(failure.code()).isEqualTo(code));
            assertThat(server.asked).hasSize(tries);
        }
    }
}
