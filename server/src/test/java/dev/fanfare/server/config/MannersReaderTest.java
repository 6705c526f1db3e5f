package dev.fanfare.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.server.config.Endpoint.Transport;
import dev.fanfare.server.config.Manners.Deprecation;
import dev.fanfare.server.config.Manners.Greeting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MannersReaderTest {
    @TempDir private Path directory;
    private TestConfig config;

    @BeforeEach
    void setUp() {
        config = new TestConfig(directory);
    }

    private List<Endpoint> endpoints() {
        return config.load().transports().endpoints();
    }

    private Endpoint endpoint(String path) {
        return endpoints().stream()
                .filter(each -> each.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void usersHaveTheirStreamAtTheSyncHub() {
        var sync = endpoint("/api/realtime/sync");
        assertThat(sync.transport()).isEqualTo(Transport.WEBSOCKET);
        assertThat(sync.connect()).isEqualTo(AccessRule.SIGNED_IN);
        assertThat(sync.channels()).containsExactly("hub:{user}");
        assertThat(sync.manners())
                .isEqualTo(
                        new Manners(
                                Greeting.SYNC_CONNECTED, null, true, List.of("games:online"), 1));
    }

    @Test
    void playersMayStillUseTheOldEndpoint() {
        var old = endpoint("/api/games/ws");
        assertThat(old.channels()).containsExactly("games:{user}");
        assertThat(old.manners().greeting()).isEqualTo(Greeting.WS_ACK);
        assertThat(old.manners().presence()).containsExactly("games:online");
        assertThat(old.manners().deprecation())
                .extracting(Deprecation::successor)
                .isEqualTo(URI.create("/api/realtime/sync"));
    }

    @Test
    void administratorsSeeEverybody() {
        var monitor = endpoint("/api/games/ws/monitor");
        assertThat(monitor.connect()).isEqualTo(new AccessRule.ClaimIs("role", "admin"));
        assertThat(monitor.channels()).containsExactly("games:events", "games:online");
        assertThat(monitor.manners().greeting()).isEqualTo(Greeting.MONITOR_SNAPSHOT);
        assertThat(monitor.manners().presence()).isEmpty();
    }

    @Test
    void thereIsNoHubWhereTheCatalogueHasNotItsChannels() {
        config.yaml("channels: [{ pattern: 'hub:{user}', variables: { user: user-id } }]");
        assertThat(endpoints())
                .extracting(Endpoint::path)
                .contains("/api/realtime/sync")
                .doesNotContain("/api/games/ws", "/api/games/ws/monitor");
        assertThat(endpoint("/api/realtime/sync").manners().presence()).isEmpty();
    }

    @Test
    void readsWhatOnlyOurOwnJsonHas() {
        config.yaml(
                """
                endpoints:
                  - path: /a
                    transport: websocket
                    greeting: ws-ack
                    deprecated: { since: 2026-01-31, sunset: "2026-12-31T12:00:00Z", successor: /b }
                    token-in-query: false
                    presence: ["games:online"]
                    schema-version: 7
                  - path: /b
                    transport: sse
                    deprecated: { since: 2026-01-31 }
                """);
        assertThat(endpoints())
                .extracting(Endpoint::manners)
                .containsExactly(
                        new Manners(
                                Greeting.WS_ACK,
                                new Deprecation(
                                        Instant.parse("2026-01-31T00:00:00Z"),
                                        Instant.parse("2026-12-31T12:00:00Z"),
                                        URI.create("/b")),
                                false,
                                List.of("games:online"),
                                7),
                        new Manners(
                                Greeting.NONE,
                                new Deprecation(Instant.parse("2026-01-31T00:00:00Z"), null, null),
                                true,
                                List.of(),
                                null));
    }

    @Test
    void anEndpointMayTakeTokensInTheQueryWhereOthersMayNot() {
        config.yaml(
                """
                token.in-query: false
                endpoints:
                  - { path: /a, transport: websocket }
                  - { path: /b, transport: sse, token-in-query: true }
                """);
        assertThat(endpoints())
                .extracting(endpoint -> endpoint.manners().queryToken())
                .containsExactly(false, true);
        assertThat(config.load().token().inQuery()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'transport: websocket, greeting: hello' | 'greeting: hello (expected: none,"
                    + " sync-connected, ws-ack or monitor-snapshot, for example greeting: ws-ack)'",
                "'transport: sse, greeting: ws-ack' | 'greeting: ws-ack (expected: nothing, for"
                        + " this transport has nothing like it)'",
                "'transport: ndjson, schema-version: 1' | 'schema-version: 1 (expected: nothing,"
                        + " for this transport has nothing like it)'",
                "'transport: websocket, schema-version: 0' | 'schema-version: 0 (expected: 1 to"
                        + " 1000000, for example schema-version: 1)'",
                "'transport: centrifuge, token-in-query: true' | 'token-in-query: true (expected:"
                        + " nothing, for this transport has nothing like it)'",
                "'transport: centrifuge, presence: [\"games:online\"]' | 'presence: a list"
                        + " (expected: nothing, for this transport has nothing like it)'",
                "'transport: websocket, presence: [\"games:events\"]' | 'presence: games:events"
                        + " (expected: channels of the catalogue that keep presence and have no"
                        + " variables, for example presence: [\"games:online\"])'",
                "'transport: centrifuge, deprecated: { since: 2026-01-31 }' | 'deprecated: a group"
                        + " of keys (expected: nothing, for this transport has nothing like it)'",
                "'transport: websocket, deprecated: true' | 'deprecated: true (expected: a group of"
                        + " keys, for example deprecated: { since: 2026-11-21, successor: /ws })'",
                "'transport: websocket, deprecated: { since: soon }' | 'deprecated.since: soon"
                        + " (expected: a day, or a moment in UTC, for example deprecated.since:"
                        + " 2026-11-21)'",
                "'transport: websocket, deprecated: { since: 2026-02-01, sunset: 2026-01-31 }' |"
                        + " 'deprecated.sunset: 2026-01-31 (expected: not before since)'",
                "'transport: websocket, deprecated: { since: 2026-02-01, successor: b }' |"
                        + " 'deprecated.successor: b (expected: a path or an address, for example"
                        + " deprecated.successor: /ws)'",
            })
    void saysWhatIsWrong(String keys, String message) {
        config.yaml("endpoints: [{ path: /a, " + keys + " }]");
        assertThat(config.mistakes()).containsExactly(message + " at fanfare.yaml:1");
    }

    @Test
    void aSnapshotNeedsToHearOfEveryChange() {
        config.yaml(
                """
                channels: [{ pattern: room, presence: true }]
                endpoints:
                  - { path: /a, transport: websocket, channels: [room], greeting: monitor-snapshot }
                """);
        assertThat(config.mistakes())
                .containsExactly(
                        "greeting: monitor-snapshot (expected: join-leave on the channel room, for"
                                + " a snapshot) at fanfare.yaml:3");
    }
}
