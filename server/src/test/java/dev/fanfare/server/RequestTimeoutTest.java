package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Connections on which nothing useful comes, and requests that no handler could answer. */
class RequestTimeoutTest {
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start("limits.request-timeout: 500ms\n");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aConnectionWithoutARequestEnds() {
        try (var wire = server.connect()) {
            assertThatIOException().isThrownBy(wire::head);
        }
    }

    @Test
    void aRequestWithoutAnEndIsAnswered() {
        try (var wire = server.connect()) {
            wire.request(
                    "POST",
                    "/internal/publish",
                    "Authorization: Bearer dev-publish-token",
                    "Content-Type: application/json",
                    "Content-Length: 60");
            wire.write("{\"chan");

            assertThat(wire.answer().problem())
                    .isEqualTo("408 request_timeout request a part of it");
            assertThatIOException().isThrownBy(wire::head);
        }
    }

    /** The connection that must end was opened after them, and has just as long. */
    @Test
    void streamsAndWebSocketsStay() throws Exception {
        var gift = "{\"type\":\"gift.received\"}";
        try (var socket = server.subscriber("post:1");
                var events = server.lines("/sse?channels=post:1&token=" + server.token("42"));
                var idle = server.connect()) {
            var opened = Instant.now();
            assertThatIOException().isThrownBy(idle::head);
            assertThat(Instant.now()).isAfter(opened.plusMillis(400));

            server.publish("{\"channel\":\"post:1\",\"payload\":" + gift + "}");
            assertThat(socket.text()).isEqualTo(gift);
            assertThat(events.event().data()).isEqualTo(gift);
        }
    }

    @Test
    void aQueryThatCannotBeDecodedIsRefused() {
        var target = "?channels=%zz&token=" + server.token("42");

        assertThat(server.get("/sse" + target).problem())
                .isEqualTo("400 bad_request query no percent-encoding");
        assertThat(server.refusal("/ws" + target).problem())
                .isEqualTo("400 bad_request query no percent-encoding");
    }
}
