package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Repeats within five minutes get the first answer and deliver nothing. */
class IdempotencyTest {
    private final TestClock clock = new TestClock();
    private RunningServer server;
    private TestSocket socket;

    @BeforeEach
    void start() {
        server = RunningServer.start(clock, "");
        socket = server.subscriber("post:1,post:2");
    }

    @AfterEach
    void stop() {
        socket.close();
        server.close();
    }

    @Test
    void aRepeatedKeyGetsTheFirstAnswer() {
        var first = server.publish(gift("", 1), "Idempotency-Key: k1");
        var repeat = server.publish(gift("", 2), "Idempotency-Key: k1");
        assertThat(repeat).isEqualTo(first);
        assertDelivered(1);
    }

    @Test
    void aRepeatedIdGetsTheFirstAnswer() {
        var first = server.publish(gift("\"id\":\"k1\",", 1));
        assertThat(first.json().get("id").asText()).isEqualTo("k1");
        assertThat(server.publish(gift("\"id\":\"k1\",", 2))).isEqualTo(first);
        assertDelivered(1);
    }

    @Test
    void keyAndIdAreTheSame() {
        var first = server.publish(gift("", 1), "Idempotency-Key: k1");
        assertThat(server.publish(gift("\"id\":\"k1\",", 2))).isEqualTo(first);
        assertThat(server.publish(gift("\"id\":\"k1\",", 3), "Idempotency-Key: k1"))
                .isEqualTo(first);
        assertDelivered(1);
    }

    @Test
    void aKeyThatContradictsTheIdIsRefused() {
        var answer = server.publish(gift("\"id\":\"k1\",", 1), "Idempotency-Key: k2");
        assertThat(answer.problem()).isEqualTo("400 bad_request Idempotency-Key k2");
        assertThat(answer.json().get("expected").asText()).contains("k1");
        assertDelivered();
    }

    @Test
    void theWindowIsFiveMinutes() {
        var first = server.publish(gift("", 1), "Idempotency-Key: k1");
        clock.advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(server.publish(gift("", 2), "Idempotency-Key: k1")).isEqualTo(first);
        clock.advance(Duration.ofMillis(1));
        assertThat(server.publish(gift("", 3), "Idempotency-Key: k1")).isNotEqualTo(first);
        assertDelivered(1, 3);
    }

    @Test
    void aRefusalIsNotRemembered() {
        var refused =
                server.publish(
                        "{\"channel\":\"post:1\",\"payload\":{\"type\":\"nonsense\"}}",
                        "Idempotency-Key: k1");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(server.publish(gift("", 1), "Idempotency-Key: k1").status()).isEqualTo(200);
        assertDelivered(1);
    }

    @Test
    void aKeyStandsForEveryMemberOfAnArray() {
        var body = "[" + gift("", 1) + "," + gift("", 2) + "," + gift("", 3) + "]";
        var first = server.publish(body, "Idempotency-Key: k1");
        assertThat(first.json()).hasSize(3);
        assertThat(server.publish(body, "Idempotency-Key: k1")).isEqualTo(first);
        assertDelivered(1, 2, 3);
    }

    @Test
    void membersOfAnArrayMayHaveIdsOfTheirOwn() {
        var body = "[" + gift("\"id\":\"a\",", 1) + "," + gift("\"id\":\"a\",", 2) + "]";
        var answer = server.publish(body, "Idempotency-Key: k1").json();
        assertThat(answer.get(0).path("id").asText()).as(answer.toString()).isEqualTo("a");
        assertThat(answer.get(1)).isEqualTo(answer.get(0));
        assertDelivered(1);
    }

    @Test
    void equalIdsOnTwoChannelsAreTwoPublications() {
        server.publish(gift("\"id\":\"k1\",", 1));
        server.publish(
                "{\"channel\":\"post:2\",\"id\":\"k1\",\"payload\":{\"type\":\"gift.received\",\"n\":2}}");
        assertDelivered(1, 2);
    }

    private void assertDelivered(int... numbers) {
        server.publish(gift("", 99));
        for (int number : numbers) {
            assertThat(socket.json().get("n").asInt()).isEqualTo(number);
        }
        assertThat(socket.json().get("n").asInt()).isEqualTo(99);
    }

    private static String gift(String members, int number) {
        return "{\"channel\":\"post:1\","
                + members
                + "\"payload\":{\"type\":\"gift.received\",\"n\":"
                + number
                + "}}";
    }
}
