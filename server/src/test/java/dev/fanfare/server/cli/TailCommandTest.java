package dev.fanfare.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class TailCommandTest {
    private static final short SHUTDOWN = 3001;
    private static final short REPLACED = 4501;

    private final CommandRun command = new CommandRun();
    private final ScriptedServer server = new ScriptedServer();

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void printsFramesAsTheyCome() {
        server.upgrade(
                socket ->
                        send(
                                socket,
                                REPLACED,
                                "{\"type\":\"gift.received\"}",
                                "{ \"emoji\" : \"❤️\" }"));

        tail("--token", "T", "--channels", "post:123,comment:9");

        assertThat(lines(command.out()))
                .containsExactly("{\"type\":\"gift.received\"}", "{ \"emoji\" : \"❤️\" }");
        assertThat(server.requests().getFirst().getParam("channels"))
                .isEqualTo("post:123,comment:9");
        assertThat(server.requests().getFirst().getParam("envelope")).isNull();
    }

    @Test
    void keepsTheTokenOutOfTheUrl() {
        tail("--token", "T");

        assertThat(server.requests().getFirst().getHeader("Authorization")).isEqualTo("Bearer T");
        assertThat(server.requests().getFirst().uri()).isEqualTo("/ws");
    }

    @Test
    void printsAFrameOfSeveralLinesAsOne() {
        server.upgrade(socket -> send(socket, REPLACED, "{\n  \"a\": 1.50\n}"));

        tail("--token", "T");

        assertThat(lines(command.out())).containsExactly("{   \"a\": 1.50 }");
    }

    @Test
    void printsAFrameInPiecesWhole() {
        server.upgrade(
                socket -> {
                    socket.writeFrame(WebSocketFrame.textFrame("{\"a\"", false));
                    socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer(":1}"), true));
                    socket.close(REPLACED);
                });

        tail("--token", "T");

        assertThat(lines(command.out())).containsExactly("{\"a\":1}");
    }

    @Test
    void comesBackWhenTheConnectionIsLost() {
        server.upgrade(socket -> send(socket, SHUTDOWN, "1"))
                .refuse(503, "not ready")
                .upgrade(ServerWebSocket::close)
                .upgrade(socket -> send(socket, REPLACED, "2"));

        assertThat(tail("--token", "T")).isEqualTo(1);

        assertThat(lines(command.out())).containsExactly("1", "2");
        assertThat(lines(command.err()))
                .hasSize(4)
                .satisfies(err -> assertThat(err.get(0)).contains("3001", "trying again in"))
                .satisfies(
                        err -> assertThat(err.get(1)).contains("503 not ready", "trying again in"));
    }

    @ParameterizedTest
    @ValueSource(shorts = {3500, 3999, 4500, 4999})
    void endsWhenTheServerWillNotHaveItBack(short code) {
        server.upgrade(socket -> socket.close(code, "enough of you"));

        assertThat(tail("--token", "T")).isEqualTo(1);
        assertThat(command.err())
                .contains("fanfare tail: closed by the server: " + code + " enough of you");
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404})
    void endsWithTheProblemWhenItIsNotLetIn(int status) {
        server.refuse(
                status,
                """
                {"title":"Not every channel may be subscribed","field":"channels","got":"post:0","expected":"better ones",
                 "errors":[{"channel":"post:0","field":"channel","got":"post:0","expected":"post:{post_id}"}]}
                """);

        assertThat(tail("--token", "T")).isEqualTo(1);
        assertThat(command.out()).isEmpty();
        assertThat(command.err())
                .isEqualToNormalizingNewlines(
                        """
                        fanfare tail: %d Not every channel may be subscribed
                          field:    channels
                          got:      post:0
                          expected: better ones
                          post:0: channel: post:0 (expected: post:{post_id})
                        """
                                .formatted(status));
    }

    @Test
    void continuesWhereItWas() {
        server.upgrade(
                        socket ->
                                send(
                                        socket,
                                        SHUTDOWN,
                                        envelope("a:%,@é", "x", 7),
                                        envelope("b:1", "y", 1)))
                .upgrade(socket -> send(socket, SHUTDOWN, envelope("b:1", "y", 2)));

        tail("--token", "T", "--envelope", "--channels", "a:%,@é,b:1");

        assertThat(since())
                .containsExactly(null, "a:%25%2C%40é@x:7,b:1@y:1", "a:%25%2C%40é@x:7,b:1@y:2");
    }

    @Test
    void startsWhereItIsTold() {
        tail("--token", "T", "--envelope", "--since", "b:1@y:4,a:1:x@x:9");

        assertThat(since()).containsExactly("a:1:x@x:9,b:1@y:4");
    }

    @Test
    void makesATokenForAUser() {
        tail("--dev", "--user", "42");

        assertThat(server.requests().getFirst().getHeader("Authorization"))
                .matches("Bearer .+\\..+\\..+");
    }

    @Test
    void goesOnTryingWhenNobodyListens() throws InterruptedException {
        server.close();
        var tail = Thread.ofVirtual().start(() -> tail("--token", "T"));

        await().until(() -> lines(command.err()).size() >= 2);
        tail.interrupt();
        tail.join();
        assertThat(command.err()).contains("./fanfare serve --dev");
    }

    @Test
    void endsWhenNobodyReadsItsOutput() {
        server.upgrade(socket -> socket.writeTextMessage("1"));
        var console =
                new Console(
                        System.in,
                        new PrintWriter(new ClosedPipe()),
                        new PrintWriter(Writer.nullWriter()));

        assertThat(command.run(console, "tail", "--token", "T", "--url", server.url())).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--channels a",
                "--token T --user 42",
                "--user 42",
                "--token T --since a@x:1",
                "--token T --envelope --since a",
                "--token T --envelope --since a@x:-1",
                "--token T --url http://127.0.0.1:8000/ws"
            })
    void refusesWhatItCannotDo(String arguments) {
        assertThat(command.run(("tail " + arguments).split(" "))).isEqualTo(2);

        assertThat(command.err()).contains("fanfare tail: ");
    }

    private int tail(String... arguments) {
        var all = new ArrayList<>(List.of("tail", "--url", server.url()));
        all.addAll(List.of(arguments));
        return command.run(all.toArray(String[]::new));
    }

    private List<String> since() {
        return server.requests().stream().map(request -> request.getParam("since")).toList();
    }

    private static void send(ServerWebSocket socket, short code, String... frames) {
        for (var frame : frames) {
            socket.writeTextMessage(frame);
        }
        socket.close(code);
    }

    private static String envelope(String channel, String epoch, long offset) {
        return "{\"channel\":\"%s\",\"id\":\"i\",\"epoch\":\"%s\",\"offset\":%d,\"time\":1,\"payload\":{}}"
                .formatted(channel, epoch, offset);
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }

    /** As a pipe whose reader has gone. */
    private static final class ClosedPipe extends Writer {
        @Override
        public void write(char[] text, int begin, int length) throws IOException {
            throw new IOException("Broken pipe");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
