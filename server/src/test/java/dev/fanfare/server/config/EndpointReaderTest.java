package dev.fanfare.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.session.SessionRules.MessageBudget;
import dev.fanfare.server.config.Endpoint.Allowance;
import dev.fanfare.server.config.Endpoint.Answer;
import dev.fanfare.server.config.Endpoint.Connections;
import dev.fanfare.server.config.Endpoint.InBand;
import dev.fanfare.server.config.Endpoint.Transport;
import dev.fanfare.server.config.Endpoint.Unidirectional;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointReaderTest {
    @TempDir private Path directory;
    private TestConfig config;

    @BeforeEach
    void setUp() {
        config = new TestConfig(directory);
    }

    private List<Endpoint> endpoints() {
        return config.load().transports().endpoints();
    }

    @Test
    void thereIsOneOfEachTransportUnlessToldOtherwise() {
        assertThat(endpoints())
                .filteredOn(endpoint -> !endpoint.path().startsWith("/api/"))
                .extracting(Endpoint::path, Endpoint::transport, Endpoint::connections)
                .containsExactly(
                        tuple("/ws", Transport.WEBSOCKET, Connections.ALL),
                        tuple("/sse", Transport.SSE, Connections.ALL),
                        tuple("/stream", Transport.NDJSON, Connections.ALL),
                        tuple("/connection/websocket", Transport.CENTRIFUGE, Connections.ALL),
                        usual("http_stream", Transport.CENTRIFUGE_HTTP_STREAM),
                        usual("sse", Transport.CENTRIFUGE_SSE),
                        usual("uni_websocket", Transport.CENTRIFUGE_UNI_WEBSOCKET),
                        usual("uni_sse", Transport.CENTRIFUGE_UNI_SSE),
                        usual("uni_http_stream", Transport.CENTRIFUGE_UNI_HTTP_STREAM),
                        usual("init", Transport.CENTRIFUGE_INIT));
        assertThat(endpoints())
                .filteredOn(endpoint -> endpoint.transport().isPlain())
                .filteredOn(endpoint -> !endpoint.path().startsWith("/api/"))
                .allSatisfy(
                        endpoint ->
                                assertThat(endpoint.channels()).containsExactly("stories:{user}"));
    }

    private static Tuple usual(String name, Transport transport) {
        return tuple("/connection/" + name, transport, Connections.ALL);
    }

    @Test
    void theUsualOnesDoWithoutAutomaticChannelsWhereTheCatalogueHasNone() {
        config.yaml("channels: [{ pattern: news }]");
        assertThat(endpoints()).allSatisfy(endpoint -> assertThat(endpoint.channels()).isEmpty());
    }

    @Test
    void readsEverythingAboutAnEndpoint() {
        config.yaml(
                """
                endpoints:
                  - path: /api/games/ws/monitor
                    transport: websocket
                    connect: claim role is admin
                    channels: ["games:events", "hub:{user}"]
                    connections: newest
                    messages-per-second: 5
                """);
        assertThat(endpoints())
                .containsExactly(
                        new Endpoint(
                                "/api/games/ws/monitor",
                                Transport.WEBSOCKET,
                                new AccessRule.ClaimIs("role", "admin"),
                                List.of("games:events", "hub:{user}"),
                                new Allowance(Connections.NEWEST, new MessageBudget(5, 10)),
                                InBand.USUAL,
                                Manners.usual(true)));
    }

    @Test
    void readsWhatOnlyListenersHave() {
        config.yaml(
                """
                endpoints:
                  - path: /listen
                    transport: centrifuge-uni-sse
                    insecure: true
                    connect-code-to-disconnect:
                      109: { code: 4001, reason: come back with another token }
                    connect-code-to-http-response:
                      3500: { status: 401, body: no token }
                      110: { status: 410 }
                  - path: /socket
                    transport: centrifuge-uni-websocket
                    anonymous: true
                    disable-closing-handshake: true
                    disable-disconnect-push: true
                    join-push-messages: true
                """);
        assertThat(endpoints())
                .extracting(Endpoint::inBand)
                .containsExactly(
                        new InBand(
                                false,
                                true,
                                null,
                                true,
                                new Unidirectional(
                                        Map.of(
                                                109,
                                                new Disconnect(
                                                        4001, "come back with another token")),
                                        Map.of(
                                                3500,
                                                new Answer(401, "no token"),
                                                110,
                                                new Answer(410, "")),
                                        true,
                                        true,
                                        false)),
                        new InBand(
                                true,
                                true,
                                null,
                                false,
                                new Unidirectional(Map.of(), Map.of(), false, false, true)));
    }

    @Test
    void readsWhoElseSaysWhoAClientIs() {
        config.yaml(
                """
                endpoints:
                  - path: /behind
                    transport: centrifuge
                    anonymous-tokens: false
                    user-header: X-User-Id
                """);
        assertThat(endpoints())
                .extracting(Endpoint::inBand)
                .containsExactly(
                        new InBand(false, false, "X-User-Id", false, Unidirectional.USUAL));
    }

    @Test
    void keepsToTokensWhereTheyComeWithTheRequest() {
        config.yaml(
                """
                endpoints:
                  - { path: /a, transport: websocket, user-header: X-User-Id }
                  - { path: /b, transport: sse, anonymous-tokens: false }
                  - { path: /c, transport: centrifuge, user-header: "X User" }
                """);
        assertThat(config.mistakes())
                .containsExactly(
                        "user-header: X-User-Id (expected: nothing, for this transport has nothing"
                                + " like it) at fanfare.yaml:2",
                        "anonymous-tokens: false (expected: true, for this transport has nothing"
                                + " like it) at fanfare.yaml:3",
                        "user-header: X User (expected: the name of a header, for example"
                                + " user-header: X-User-Id) at fanfare.yaml:4");
    }

    @Test
    void givesAClientWithoutAUserOnlyChannelsThatNeedNone() {
        config.yaml(
                "endpoints: [{ path: /a, transport: sse, channels: ['trpc:global', 'hub:{user}']"
                        + " }]");
        var endpoint = endpoints().getFirst();
        assertThat(endpoint.channelsOf("a:b")).containsExactly("trpc:global", "hub:a:b");
        assertThat(endpoint.channelsOf("")).containsExactly("trpc:global");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "endpoints: /ws                            | 'endpoints: /ws (expected: a list of"
                    + " endpoints, for example endpoints: [{ path: /ws, transport: websocket }]) at"
                    + " fanfare.yaml:1'",
                "endpoints: [/ws]                          | 'endpoints: /ws (expected: an"
                    + " endpoint''s keys, for example endpoints: [{ path: /ws, transport: websocket"
                    + " }]) at fanfare.yaml:1'",
                "'endpoints: [{ transport: sse }]'         | 'path: nothing (expected: a path like"
                        + " /ws that is not the server''s own, for example path: /ws) at"
                        + " fanfare.yaml:1'",
                "'endpoints: [{ path: /internal/x, transport: sse }]' | 'path: /internal/x"
                    + " (expected: a path like /ws that is not the server''s own, for example path:"
                    + " /ws) at fanfare.yaml:1'",
                "'endpoints: [{ path: ws, transport: sse }]' | 'path: ws (expected: a path like /ws"
                    + " that is not the server''s own, for example path: /ws) at fanfare.yaml:1'",
                "'endpoints: [{ path: /a, transport: tcp }]' | 'transport: tcp (expected:"
                    + " websocket, sse, ndjson, centrifuge, centrifuge-http-stream, centrifuge-sse,"
                    + " centrifuge-uni-websocket, centrifuge-uni-sse, centrifuge-uni-http-stream or"
                    + " centrifuge-init, for example transport: websocket) at fanfare.yaml:1'",
                "'endpoints: [{ path: /a, transport: sse, insecure: true }]' | 'insecure: true"
                        + " (expected: false, for this transport has nothing like it, for example"
                        + " insecure: false) at fanfare.yaml:1'",
                "'endpoints: [{ path: /a, transport: centrifuge-uni-sse, join-push-messages: true"
                    + " }]' | 'join-push-messages: true (expected: false, for this transport has"
                    + " nothing like it, for example join-push-messages: false) at fanfare.yaml:1'",
                "'endpoints: [{ path: /a, transport: centrifuge-uni-sse,"
                    + " connect-code-to-disconnect: { x: { code: 4001, reason: no } } }]' |"
                    + " 'connect-code-to-disconnect.x: a group of keys (expected: codes from 100 to"
                    + " 4999) at fanfare.yaml:1'",
                "'endpoints: [{ path: /a, transport: centrifuge-uni-sse,"
                        + " connect-code-to-disconnect: { 109: { code: 1, reason: no } } }]' |"
                        + " 'connect-code-to-disconnect.109.code: 1 (expected: 3000 to 4999, for"
                        + " example connect-code-to-disconnect.109.code: 4001) at fanfare.yaml:1'",
                "'endpoints: [{ path: /emulation, transport: centrifuge }]' | 'path: /emulation"
                    + " (expected: a path like /ws that is not the server''s own, for example path:"
                    + " /ws) at fanfare.yaml:1'",
                "'endpoints: [{ path: /a, transport: sse, connect: \"user {user}\" }]' | 'connect:"
                    + " user {user} (expected: nobody, everyone, signed-in, claim NAME is VALUE,"
                    + " several joined by and, or a list of these, for example connect: signed-in)"
                    + " at fanfare.yaml:1'",
                "'endpoints: [{ path: /a, transport: sse, channels: [nothing] }]' | 'channels:"
                    + " nothing (expected: channels of the catalogue, where {user} stands for the"
                    + " user''s id, for example channels: [\"stories:{user}\"]) at fanfare.yaml:1'",
                "'endpoints: [{ path: /a, transport: sse, connections: one }]' | 'connections: one"
                        + " (expected: all or newest, for example connections: newest) at"
                        + " fanfare.yaml:1'",
                "'endpoints: [{ path: /a, transport: sse, conections: all }]' | 'conections:"
                        + " unknown key (expected: connections) at fanfare.yaml:1'",
                "'endpoints: [{ path: /a, transport: sse }, { path: /a, transport: ndjson }]' |"
                        + " 'path: /a (expected: each path once) at fanfare.yaml:1'",
            })
    void saysWhatIsWrong(String yaml, String message) {
        assertThat(config.yaml(yaml).mistakes()).containsExactly(message);
    }
}
