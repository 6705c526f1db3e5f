package dev.fanfare.server.config;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.session.SessionRules.MessageBudget;
import dev.fanfare.server.config.Endpoint.Allowance;
import dev.fanfare.server.config.Endpoint.Connections;
import dev.fanfare.server.config.Endpoint.InBand;
import dev.fanfare.server.config.Endpoint.Transport;
import dev.fanfare.server.config.Manners.Deprecation;
import dev.fanfare.server.config.Manners.Greeting;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The endpoints that are there where the configuration has none. */
final class UsualEndpoints {
    private static final String STORIES = "stories:{user}";
    private static final String HUB = "hub:{user}";
    private static final String PLAYER = "games:{user}";
    private static final String GAMES = "games:events";
    private static final String ONLINE = "games:online";
    private static final String SYNC_PATH = "/api/realtime/sync";
    private static final int SCHEMA = 1;
    private static final Deprecation REPLACED =
            new Deprecation(
                    Instant.parse("2026-11-21T00:00:00Z"),
                    Instant.parse("2027-12-31T00:00:00Z"),
                    URI.create(SYNC_PATH));

    private final KnownChannels channels;
    private final Allowance allowance;
    private final Manners usual;

    /**
     * @param budget of each; null: no limit
     * @param queryToken whether tokens may come in the query
     */
    UsualEndpoints(KnownChannels channels, @Nullable MessageBudget budget, boolean queryToken) {
        this.channels = channels;
        allowance = new Allowance(Connections.ALL, budget);
        usual = Manners.usual(queryToken);
    }

    /** One of each transport, and those of the sync hub where the catalogue has its channels. */
    List<Endpoint> all() {
        return Stream.concat(Stream.of(Transport.values()).map(this::ofTransport), syncHub())
                .toList();
    }

    private Endpoint ofTransport(Transport transport) {
        var automatic =
                transport.isPlain() && channels.contains(STORIES)
                        ? List.of(STORIES)
                        : List.<String>of();
        return new Endpoint(
                usualPath(transport),
                transport,
                AccessRule.EVERYONE,
                automatic,
                allowance,
                InBand.USUAL,
                usual);
    }

    private Stream<Endpoint> syncHub() {
        return Stream.of(
                        ofHub(
                                SYNC_PATH,
                                AccessRule.SIGNED_IN,
                                List.of(HUB),
                                manners(Greeting.SYNC_CONNECTED, null, online())),
                        ofHub(
                                "/api/games/ws",
                                AccessRule.SIGNED_IN,
                                List.of(PLAYER),
                                manners(Greeting.WS_ACK, REPLACED, online())),
                        ofHub(
                                "/api/games/ws/monitor",
                                new AccessRule.ClaimIs("role", "admin"),
                                List.of(GAMES, ONLINE),
                                manners(Greeting.MONITOR_SNAPSHOT, null, List.of())))
                .filter(endpoint -> endpoint.channels().stream().allMatch(channels::contains));
    }

    private Endpoint ofHub(
            String path, AccessRule connect, List<String> automatic, Manners manners) {
        return new Endpoint(
                path, Transport.WEBSOCKET, connect, automatic, allowance, InBand.USUAL, manners);
    }

    private Manners manners(
            Greeting greeting, @Nullable Deprecation deprecation, List<String> presence) {
        return new Manners(greeting, deprecation, usual.queryToken(), presence, SCHEMA);
    }

    private List<String> online() {
        return channels.keepsPresence(ONLINE) ? List.of(ONLINE) : List.of();
    }

    private static String usualPath(Transport transport) {
        return switch (transport) {
            case WEBSOCKET -> "/ws";
            case SSE -> "/sse";
            case NDJSON -> "/stream";
            case CENTRIFUGE -> "/connection/websocket";
            case CENTRIFUGE_HTTP_STREAM -> "/connection/http_stream";
            case CENTRIFUGE_SSE -> "/connection/sse";
            case CENTRIFUGE_UNI_WEBSOCKET -> "/connection/uni_websocket";
            case CENTRIFUGE_UNI_SSE -> "/connection/uni_sse";
            case CENTRIFUGE_UNI_HTTP_STREAM -> "/connection/uni_http_stream";
            case CENTRIFUGE_INIT -> "/connection/init";
        };
    }
}
