package dev.fanfare.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.core.access.Identity;
import dev.fanfare.core.model.Unavailable;
import dev.fanfare.server.transport.InitialState;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The state of things that an application gives to a hub that begins, in time or not. */
@Timeout(30)
class GreetingTest {
    private static final String STATE = "{\"type\":\"initial_state\",\"balance_cents\":7}";

    /** An application that answers when a test does. */
    private static final class SlowApplication implements InitialState {
        private final LinkedBlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

        private record Asked(Identity user, CompletableFuture<Optional<byte[]>> answer) {
            void with(String state) {
                answer.complete(Optional.of(state.getBytes(UTF_8)));
            }
        }

        @Override
        public CompletionStage<Optional<byte[]>> of(Identity user) {
            var answer = new CompletableFuture<Optional<byte[]>>();
            asked.add(new Asked(user, answer));
            return answer;
        }

        Asked next() {
            try {
                var next = asked.poll(10, TimeUnit.SECONDS);
                assertThat(next).as("somebody who asks").isNotNull();
                return next;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static final SlowApplication APPLICATION = new SlowApplication();
    private static GreetingServer server;

    @BeforeAll
    static void start() {
        server =
                GreetingServer.start(
                        APPLICATION, "limits.connect-timeout: 1s\nlimits.waiting-commands: 3\n");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void nobodyIsLeft() {
        await().untilAsserted(() -> assertThat(server.connections()).isZero());
        await().untilAsserted(() -> assertThat(server.online()).isEmpty());
    }

    @Test
    void theStateFollowsTheFirstMessage() {
        try (var wire = server.ask("42")) {
            var asked = APPLICATION.next();
            assertThat(asked.user().user()).isEqualTo("42");
            asked.with(STATE);
            var socket = TestSocket.answered(wire).orElseThrow();
            assertThat(socket.json().get("type").asText()).isEqualTo("sync_connected");
            assertThat(socket.text())
                    .isEqualTo(
                            "{\"type\":\"initial_state\",\"balance_cents\":7,\"schema_version\":1}");
            assertThat(server.online()).containsExactly("42");
        }
    }

    @Test
    void anApplicationMayHaveNothingToTell() {
        try (var wire = server.ask("42")) {
            APPLICATION.next().answer().complete(Optional.empty());
            var socket = TestSocket.answered(wire).orElseThrow();
            assertThat(socket.json().get("type").asText()).isEqualTo("sync_connected");
            assertThat(socket.ask("{\"type\":\"ping\"}").get("type").asText()).isEqualTo("pong");
        }
    }

    @Test
    void whatIsPublishedWhileTheStateIsReadComesBehindIt() {
        try (var wire = server.ask("42")) {
            var asked = APPLICATION.next();
            server.publish("hub:42", "{\"type\":\"stats_update\",\"n\":1}");
            server.publish("hub:42", "{\"type\":\"stats_update\",\"n\":2}");
            asked.with(STATE);
            var socket = TestSocket.answered(wire).orElseThrow();
            server.publish("hub:42", "{\"type\":\"stats_update\",\"n\":3}");
            assertThat(socket.json().get("type").asText()).isEqualTo("sync_connected");
            assertThat(socket.json().get("type").asText()).isEqualTo("initial_state");
            for (int n = 1; n <= 3; n++) {
                assertThat(socket.json().get("n").asInt()).isEqualTo(n);
            }
        }
    }

    @Test
    void nobodyIsLetInWhereTheStateCannotBeHad() {
        try (var wire = server.ask("42")) {
            APPLICATION.next().answer().completeExceptionally(new Unavailable("database: gone"));
            assertThat(wire.answer().problem()).isEqualTo("503 unavailable greeting no answer");
        }
    }

    @Test
    void nobodyWaitsForTheStateForEver() {
        try (var wire = server.ask("42")) {
            assertThat(wire.answer().problem()).isEqualTo("503 unavailable greeting no answer");
            APPLICATION.next();
        }
    }

    @Test
    void whoMissesTooMuchMeanwhileHasToComeBack() {
        try (var wire = server.ask("42")) {
            var asked = APPLICATION.next();
            for (int n = 1; n <= 4; n++) {
                server.publish("hub:42", "{\"type\":\"stats_update\",\"n\":" + n + "}");
            }
            await().untilAsserted(() -> assertThat(server.hasSubscriptions()).isFalse());
            asked.with(STATE);
            assertThat(wire.answer().problem())
                    .isEqualTo("503 unavailable connection insufficient state");
        }
    }

    @Test
    void whoGoesMeanwhileLeavesNothingBehind() {
        var wire = server.ask("42");
        var asked = APPLICATION.next();
        wire.close();
        server.awaitEndOfLast();
        asked.with(STATE);
    }

    @Test
    void whoIsNotLetInReplacesNobody() {
        var endpoint =
                """
                endpoints:
                  - path: /one
                    transport: websocket
                    channels: ["hub:{user}"]
                    greeting: sync-connected
                    connections: newest
                """;
        try (var one = GreetingServer.start(APPLICATION, endpoint);
                var early = one.ask("/one", "42")) {
            APPLICATION.next().with(STATE);
            var first = TestSocket.answered(early).orElseThrow();
            first.json();
            first.json();
            try (var late = one.ask("/one", "42")) {
                APPLICATION.next().answer().completeExceptionally(new Unavailable("gone"));
                assertThat(late.answer().problem()).isEqualTo("503 unavailable greeting no answer");
            }
            assertThat(first.ask("{\"type\":\"ping\"}").get("type").asText()).isEqualTo("pong");
        }
    }

    @Test
    void otherEndpointsDoNotAsk() {
        try (var wire = server.ask("/api/games/ws", "42")) {
            var socket = TestSocket.answered(wire).orElseThrow();
            assertThat(socket.json().get("type").asText()).isEqualTo("ws_ack");
            assertThat(APPLICATION.asked).isEmpty();
        }
    }
}
