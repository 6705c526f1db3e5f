package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How clients speak whose connection is a response without an end. */
class EmulationTest {
    private static RunningServer server;
    private EmulatedClient client;

    @BeforeAll
    static void start() {
        server =
                RunningServer.start(
                        """
                        limits: { frame-size: 4KiB, messages-per-second: 1000, message-burst: 2000 }
                        channels:
                          - pattern: "chat:{id}"
                            variables: { id: segment }
                            subscribe: everyone
                            publish: everyone
                            history: { size: 200, age: 10m }
                        """);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() {
        client = EmulatedClient.connected(server, "ann");
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void isAnsweredWhenTheCommandsAreHandled() {
        var answer = client.send(publish(2, "chat:a", 1), publish(3, "chat:a", 2));
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();

        client.send("{\"id\":4,\"history\":{\"channel\":\"chat:a\"}}");
        assertThat(client.json().get("id").asInt()).isEqualTo(2);
        assertThat(client.json().get("id").asInt()).isEqualTo(3);
        assertThat(client.json().at("/history/offset").asInt()).isEqualTo(2);
    }

    @Test
    void keepsTheOrderOfCommands() {
        var commands = IntStream.rangeClosed(1, 50).mapToObj(n -> publish(n, "chat:order", n));
        client.send(commands.toArray(String[]::new));
        for (int n = 1; n <= 50; n++) {
            assertThat(client.json().get("id").asInt()).isEqualTo(n);
        }
    }

    @Test
    void mindsAPongThatNobodyAskedFor() {
        assertThat(client.send("{}").status()).isEqualTo(204);
        assertThat(client.json().at("/push/disconnect/code").asInt()).isEqualTo(3501);
        assertThat(client.stream().hasEnded()).isTrue();
    }

    @Test
    void endsTheConnectionOverCommandsThatCannotBeRead() {
        assertThat(client.send("nonsense").status()).isEqualTo(204);
        assertThat(client.json().at("/push/disconnect/code").asInt()).isEqualTo(3501);
        assertThat(client.stream().hasEnded()).isTrue();
    }

    @Test
    void doesNotTellWhichSessionsThereAre() {
        var other = client.emulation("{}").replaceFirst("session\":\"zz", "session\":\"zz");
        assertThat(server.post("/emulation", other).status()).isEqualTo(204);
        var gone = client.emulation("{}");
        client.close();
        assertThat(server.post("/emulation", gone).status()).isEqualTo(204);
    }

    @Test
    void knowsNoOtherNode() {
        var other = client.emulation("{}").replaceFirst("node\":\"..", "node\":\"zz");
        var answer = server.post("/emulation", other);
        assertThat(answer.problem()).startsWith("404 not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "[]", "{}", "{\"session\":\"s\",\"node\":\"n\"}"})
    void refusesWhatIsNoRequest(String body) {
        assertThat(server.post("/emulation", body).problem()).startsWith("400 bad_request body");
    }

    @Test
    void refusesMoreThanAClientMaySay() {
        var answer = client.send(" ".repeat(4096));
        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void isThereForPostOnly() {
        assertThat(server.get("/emulation").status()).isEqualTo(405);
    }

    @Test
    void isThereOnlyWhereSomebodyNeedsIt() {
        try (var other =
                RunningServer.start(
                        "endpoints: [{ path: /connection/websocket, transport: centrifuge }]\n")) {
            assertThat(other.post("/emulation", "{}").status()).isEqualTo(404);
        }
    }

    private static String publish(int id, String channel, int n) {
        return "{\"id\":%d,\"publish\":{\"channel\":\"%s\",\"data\":{\"n\":%d}}}"
                .formatted(id, channel, n);
    }
}
