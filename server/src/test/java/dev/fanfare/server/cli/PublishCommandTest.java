package dev.fanfare.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishCommandTest {
    private static final String GIFT = "{\"type\":\"gift.received\"}";

    private final CommandRun command = new CommandRun();
    private final List<String> bodies = new ArrayList<>();
    private final List<String> credentials = new ArrayList<>();
    private int status = 200;
    private String answer = "{\"channel\":\"post:123\",\"id\":\"a\"}";
    private HttpServer server;
    private String url;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/internal/publish", this::answer);
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void postsThePayloadAsItIsWritten() {
        assertThat(publish("--dev", "post:123", "{ \"type\" : \"gift.received\", \"n\": 1.50 }"))
                .isZero();

        assertThat(bodies)
                .containsExactly(
                        "{\"channel\":\"post:123\",\"payload\":{ \"type\" : \"gift.received\","
                                + " \"n\": 1.50 }}");
        assertThat(credentials).containsExactly("Bearer dev-publish-token");
        assertThat(command.out()).isEqualTo(answer + System.lineSeparator());
        assertThat(command.err()).isEmpty();
    }

    @Test
    void postsWhatTheOptionsSay() {
        publish("--dev", "--event", "e", "--id", "i\"", "--exclude-user", "42", "post:1", "{}");

        assertThat(bodies)
                .containsExactly(
                        "{\"channel\":\"post:1\",\"payload\":{},\"event\":\"e\",\"id\":\"i\\\"\",\"excludeUserId\":\"42\"}");
    }

    @Test
    void readsThePayloadFromAFile(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("gift.json"), GIFT + "\n");

        assertThat(publish("--dev", "post:123", "@" + file)).isZero();
        assertThat(bodies).containsExactly("{\"channel\":\"post:123\",\"payload\":" + GIFT + "}");
    }

    @Test
    void readsThePayloadFromStandardInput() {
        command.input("{\"type\":\"❤️\"}\n");

        assertThat(publish("--dev", "post:123", "-")).isZero();
        assertThat(bodies)
                .containsExactly("{\"channel\":\"post:123\",\"payload\":{\"type\":\"❤️\"}}");
    }

    @Test
    void takesTheTokenItIsGivenOrTheEnvironments() {
        publish("--token", "given", "post:123", GIFT);
        new CommandRun(Map.of("REALTIME_PUBLISH_TOKEN", "environment"))
                .run("publish", "--url", url, "post:123", GIFT);

        assertThat(credentials).containsExactly("Bearer given", "Bearer environment");
    }

    @Test
    void saysWhereATokenCanComeFrom() {
        assertThat(publish("post:123", GIFT)).isEqualTo(2);

        assertThat(command.err()).contains("--token, or REALTIME_PUBLISH_TOKEN, or --dev");
        assertThat(bodies).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":", "gift", "{} {}", "1,\"id\":\"x\"", "", "@/no/such/file"})
    void refusesAPayloadThatIsNoJson(String payload) {
        assertThat(publish("--dev", "post:123", payload)).isEqualTo(2);

        assertThat(command.err()).contains("PAYLOAD");
        assertThat(bodies).isEmpty();
    }

    @Test
    void tellsAProblemReadably() {
        status = 400;
        answer =
                """
                {"type":"urn:fanfare:problem:unknown-channel","title":"No such channel","status":400,
                 "detail":"…","code":"unknown_channel","field":"channel","got":"post:0","expected":"post:{post_id}"}
                """;

        assertThat(publish("--dev", "post:0", GIFT)).isEqualTo(1);
        assertThat(command.out()).isEmpty();
        assertThat(command.err())
                .isEqualToNormalizingNewlines(
                        """
                        fanfare publish: 400 No such channel
                          field:    channel
                          got:      post:0
                          expected: post:{post_id}
                        """);
    }

    @Test
    void tellsAnyOtherAnswerAsItIs() {
        status = 502;
        answer = "Bad gateway\n";

        assertThat(publish("--dev", "post:123", GIFT)).isEqualTo(1);
        assertThat(command.err())
                .isEqualToNormalizingNewlines("fanfare publish: 502 Bad gateway\n");
    }

    @Test
    void saysWhatToStartWhenNobodyListens() {
        server.stop(0);

        assertThat(publish("--dev", "post:123", GIFT)).isEqualTo(1);
        assertThat(command.err()).contains("no server at " + url).contains("./fanfare serve --dev");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1:8000", "ftp://127.0.0.1", "http://", "nonsense", "http:///x"})
    void refusesAUrlItCannotUse(String wrong) {
        assertThat(command.run("publish", "--dev", "--url", wrong, "post:123", GIFT)).isEqualTo(2);

        assertThat(command.err()).contains("--url");
    }

    private int publish(String... arguments) {
        var all = new ArrayList<>(List.of("publish", "--url", url));
        all.addAll(List.of(arguments));
        return command.run(all.toArray(String[]::new));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            credentials.add(exchange.getRequestHeaders().getFirst("Authorization"));
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            var bytes = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
