package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A deploy: nobody new, everybody told, then gone. */
@Timeout(30)
class ShutdownTest {
    private static final long WINDOW_MILLIS = 1_500;

    /** When, in milliseconds after the shutdown began, a client was told what. */
    private record Told(long after, TestSocket.Ending ending) {}

    private RunningServer server;
    private ExecutorService threads;

    @BeforeEach
    void start() {
        server = RunningServer.start("shutdown.drain: " + WINDOW_MILLIS + "ms\n");
        threads = Executors.newVirtualThreadPerTaskExecutor();
    }

    @AfterEach
    void stop() {
        server.close();
        threads.close();
    }

    @Test
    void tellsEveryClientToComeBackSpreadOverTheWindow() {
        var sockets = new ArrayList<TestSocket>();
        for (int i = 0; i < 24; i++) {
            sockets.add(server.subscriber("post:1"));
            assertThat(sockets.getLast().ask("{\"type\":\"ping\"}").get("type").asText())
                    .isEqualTo("pong");
        }
        long began = System.nanoTime();
        var closing = close();
        var told =
                sockets.stream()
                        .map(
                                socket ->
                                        CompletableFuture.supplyAsync(
                                                () -> told(socket, began), threads))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();
        closing.join();
        long took = (System.nanoTime() - began) / 1_000_000;

        assertThat(told)
                .extracting(Told::ending)
                .containsOnly(new TestSocket.Ending(3001, "shutdown"));
        var times = told.stream().map(Told::after).sorted().toList();
        assertThat(times.getLast() - times.getFirst()).isGreaterThan(WINDOW_MILLIS / 2);
        assertThat(took).isLessThan(WINDOW_MILLIS + 2_000);
    }

    @Test
    void isNotReadyAndLetsNobodyInMeanwhile() {
        var stayers = new ArrayList<TestSocket>();
        for (int i = 0; i < 40; i++) {
            stayers.add(server.subscriber("post:1"));
        }
        assertThat(server.get("/health/ready").json().get("status").asText()).isEqualTo("ready");
        var target = "?channels=post:1&token=" + server.token("1");
        try (var known = server.connect()) {
            known.request("GET", "/health/live");
            assertThat(known.answer().status()).isEqualTo(200);
            var closing = close();
            await().until(() -> server.get("/health/ready").status() == 503);
            assertThat(server.get("/health/ready").problem())
                    .isEqualTo("503 unavailable server shutting down");
            assertThat(server.get("/health/live").status()).isEqualTo(200);
            assertThat(server.refusal("/ws" + target).problem())
                    .isEqualTo("503 unavailable server a shutdown");
            assertThat(server.get("/sse" + target).status()).isEqualTo(503);
            assertThat(server.get("/stream" + target).status()).isEqualTo(503);
            closing.join();
        }
        assertThatThrownBy(() -> server.connect().close()).isInstanceOf(UncheckedIOException.class);
        stayers.forEach(stayer -> assertThat(stayer.ending().code()).isEqualTo(3001));
    }

    @Test
    void tellsStreamsToo() {
        var query = "?channels=post:1&token=" + server.token("1");
        try (var events = server.lines("/sse" + query);
                var lines = server.lines("/stream" + query)) {
            var closing = close();
            var last = events.event();
            assertThat(last.event()).isEqualTo("disconnect");
            assertThat(last.json().get("code").asInt()).isEqualTo(3001);
            assertThat(last.json().get("reconnect").asBoolean()).isTrue();
            assertThat(events.hasEnded()).isTrue();
            assertThat(Json.read(lines.line()).get("type").asText()).isEqualTo("disconnect");
            assertThat(lines.hasEnded()).isTrue();
            closing.join();
        }
    }

    @Test
    void whoStaysHearsToTheEnd() {
        var sockets = new ArrayList<TestSocket>();
        for (int i = 0; i < 40; i++) {
            sockets.add(server.subscriber("post:1"));
        }
        try (var wire = server.connect()) {
            var closing = close();
            await().until(() -> server.get("/health/ready").status() == 503);
            RunningServer.publish(
                    wire, "{\"channel\":\"post:1\",\"payload\":{\"type\":\"gift.received\"}}");
            closing.join();
        }
        var messages = sockets.stream().map(TestSocket::message).toList();
        assertThat(messages)
                .extracting(TestSocket.Frame::text)
                .contains("{\"type\":\"gift.received\"}");
    }

    @Test
    void withoutClientsItEndsAtOnce() {
        long began = System.nanoTime();
        server.close();
        assertThat((System.nanoTime() - began) / 1_000_000).isLessThan(WINDOW_MILLIS);
    }

    private CompletableFuture<Void> close() {
        return CompletableFuture.runAsync(server::close, threads);
    }

    private static Told told(TestSocket socket, long began) {
        try (socket) {
            var ending = socket.ending();
            return new Told((System.nanoTime() - began) / 1_000_000, ending);
        }
    }
}
