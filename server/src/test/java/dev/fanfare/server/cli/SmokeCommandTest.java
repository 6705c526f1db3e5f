package dev.fanfare.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class SmokeCommandTest {
    private static final String CONNECTED = "{\"type\":\"sync_connected\"}";
    private static final String ACK = "{\"type\":\"ws_ack\"}";

    private final CommandRun command = new CommandRun();
    private final ScriptedServer server = new ScriptedServer();

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void saysThatTheHubAnswered() {
        server.upgrade(socket -> socket.writeTextMessage(CONNECTED));

        assertThat(smoke()).isZero();

        assertThat(command.out())
                .matches("/api/realtime/sync answered sync_connected in \\d+ ms\\R");
        assertThat(command.err()).isEmpty();
        assertThat(server.requests()).hasSize(1);
        assertThat(server.requests().getFirst().uri()).isEqualTo("/api/realtime/sync");
        assertThat(server.requests().getFirst().getHeader("Authorization")).isEqualTo("Bearer T");
    }

    @Test
    void fallsBackToTheOldEndpoint() {
        server.refuse(404, "").upgrade(socket -> socket.writeTextMessage(ACK));

        assertThat(smoke()).isZero();

        assertThat(command.out()).matches("/api/games/ws answered ws_ack in \\d+ ms\\R");
        assertThat(command.err()).startsWith("/api/realtime/sync: 404");
        assertThat(server.requests().getLast().uri()).isEqualTo("/api/games/ws");
    }

    @Test
    void anotherFirstMessageIsNoAnswer() {
        server.upgrade(socket -> socket.writeTextMessage("{\"type\":\"initial_state\"}"))
                .upgrade(socket -> socket.writeTextMessage("hello"));

        assertThat(smoke()).isEqualTo(1);

        assertThat(command.out()).isEmpty();
        assertThat(command.err())
                .isEqualToNormalizingNewlines(
                        """
                        /api/realtime/sync: the first message is no sync_connected: {"type":"initial_state"}
                        /api/games/ws: the first message is no ws_ack: hello
                        fanfare smoke: nobody can connect to %s
                        """
                                .formatted(url()));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 503})
    void saysWhyItIsNotLetIn(int status) {
        var problem =
                "{\"title\":\"No\",\"field\":\"token\",\"got\":\"this\",\"expected\":\"that\"}";
        server.refuse(status, problem).refuse(status, problem);

        assertThat(smoke()).isEqualTo(1);

        assertThat(command.err())
                .startsWith("/api/realtime/sync: " + status + " No")
                .contains("expected: that", "/api/games/ws: " + status + " No");
    }

    @Test
    void saysWhyTheConnectionWasClosedBeforeAnything() {
        server.upgrade(socket -> socket.close((short) 3501, "bad request"))
                .upgrade(socket -> socket.writeTextMessage(ACK));

        assertThat(smoke()).isZero();

        assertThat(command.err())
                .startsWith("/api/realtime/sync: closed by the server: 3501 bad request");
    }

    @Test
    void doesNotWaitForEver() {
        server.upgrade(socket -> {}).upgrade(socket -> {});

        assertThat(smoke("--timeout", "1s")).isEqualTo(1);

        assertThat(command.err())
                .contains(
                        "/api/realtime/sync: no sync_connected within 1 s",
                        "/api/games/ws: no ws_ack within 1 s");
    }

    @Test
    void saysHowToStartAServerWhereThereIsNone() throws IOException {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var url = "http://127.0.0.1:" + port;

        assertThat(command.run("smoke", "--token", "T", "--url", url)).isEqualTo(1);

        assertThat(command.err())
                .isEqualToNormalizingNewlines(
                        "fanfare smoke: no server at "
                                + url
                                + "\nStart one first, for example: ./fanfare serve --dev\n");
    }

    @Test
    void wantsToKnowWhere() {
        assertThat(command.run("smoke", "--token", "T", "--url", "ws://127.0.0.1")).isEqualTo(2);
        assertThat(command.err())
                .contains("--url: ws://127.0.0.1 (expected: http:// or https://, then a host)");
    }

    private int smoke(String... more) {
        var arguments = new String[5 + more.length];
        System.arraycopy(
                new String[] {"smoke", "--token", "T", "--url", url()}, 0, arguments, 0, 5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return command.run(arguments);
    }

    private String url() {
        return server.url().replace("ws://", "http://").replace("/ws", "");
    }
}
