package dev.fanfare.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.session.SessionRules.MessageBudget;
import dev.fanfare.server.config.Endpoint.Connections;
import dev.fanfare.server.config.Endpoint.Transport;
import java.nio.file.Path;
import java.util.List;
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
    void thereAreThreeUnlessToldOtherwise() {
        assertThat(endpoints())
                .extracting(Endpoint::path, Endpoint::transport, Endpoint::connections)
                .containsExactly(
                        tuple("/ws", Transport.WEBSOCKET, Connections.ALL),
                        tuple("/sse", Transport.SSE, Connections.ALL),
                        tuple("/stream", Transport.NDJSON, Connections.ALL),
                        tuple("/connection/websocket", Transport.CENTRIFUGE, Connections.ALL));
        assertThat(endpoints())
                .filteredOn(endpoint -> !endpoint.transport().isInBand())
                .allSatisfy(
                        endpoint ->
                                assertThat(endpoint.channels()).containsExactly("stories:{user}"));
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
                                Connections.NEWEST,
                                false,
                                new MessageBudget(5, 10)));
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
                    + " websocket, sse, ndjson or centrifuge, for example transport: websocket) at"
                    + " fanfare.yaml:1'",
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
