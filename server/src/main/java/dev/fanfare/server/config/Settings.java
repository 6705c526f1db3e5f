package dev.fanfare.server.config;

import static dev.fanfare.server.config.ValueType.choice;
import static dev.fanfare.server.config.ValueType.duration;
import static dev.fanfare.server.config.ValueType.flag;
import static dev.fanfare.server.config.ValueType.integer;
import static dev.fanfare.server.config.ValueType.path;
import static dev.fanfare.server.config.ValueType.secret;
import static dev.fanfare.server.config.ValueType.size;
import static dev.fanfare.server.config.ValueType.text;

import dev.fanfare.server.access.Secret;
import dev.fanfare.server.config.ServerConfig.Log;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.event.Level;

/** Every setting there is. Channels, events and endpoints are lists and are read elsewhere. */
final class Settings {
    static final String PROPERTY_PREFIX = "fanfare.";

    /** They name the configuration file. */
    static final String CONFIG_PROPERTY = "fanfare.config";

    static final String CONFIG_VARIABLE = "FANFARE_CONFIG";

    /** What {@link Layers} gives for a number that is switched off. */
    static final int OFF = Integer.MAX_VALUE;

    /** What {@link Layers} gives for a listener that is switched off. */
    static final int NO_PORT = -1;

    static final int KIB = 1 << 10;
    static final int MIB = 1 << 20;
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    static final Setting<Boolean> DEV =
            Setting.of(
                    "dev",
                    flag(),
                    "false",
                    "true",
                    "Development mode: known secrets, on this machine alone. Never on a network.");

    static final Setting<String> HOST =
            Setting.of(
                    "host",
                    text("an address"),
                    "0.0.0.0",
                    "127.0.0.1",
                    "The address to listen on.");
    static final Setting<Integer> PORT =
            Setting.of(
                    "port",
                    integer(0, 65535),
                    "8000",
                    "8000",
                    "The public port; 0 takes any free one.");
    static final Setting<Integer> INTERNAL_PORT =
            Setting.of(
                    "internal-port",
                    integer(0, 65535).orOff(NO_PORT),
                    "off",
                    "8002",
                    "A second port, for publishing, metrics and health; the public one then answers"
                            + " 404 for them.");
    static final Setting<String> INTERNAL_HOST =
            Setting.of(
                    "internal-host",
                    text("an address"),
                    "",
                    "127.0.0.1",
                    "The address of the internal port; without it the same as `host`.");
    static final Setting<List<OriginPattern>> ORIGINS =
            Setting.of(
                    "origins",
                    OriginPattern.type().list(),
                    "",
                    "[\"https://*.example.com\", \"http://localhost:*\"]",
                    "Which web pages may connect, beside those of the server's own host."
                            + " Programs that send no `Origin` always may.");
    static final Setting<Path> TLS_CERTIFICATE =
            Setting.of(
                    "tls.certificate",
                    path("a PEM file"),
                    "",
                    "/etc/fanfare/cert.pem",
                    "The certificate and its chain, for the public port.");
    static final Setting<Path> TLS_KEY =
            Setting.of(
                    "tls.key",
                    path("a PEM file"),
                    "",
                    "/etc/fanfare/key.pem",
                    "The certificate's private key.");

    static final Setting<Secret> PUBLISH_TOKEN =
            Setting.of(
                            "publish.token",
                            secret("a secret"),
                            "",
                            "\"…\"",
                            "What backends show to publish. Without it every publish is refused.")
                    .alsoFrom("REALTIME_PUBLISH_TOKEN");
    static final Setting<Integer> PUBLISH_BODY_LIMIT =
            Setting.of(
                    "publish.body-limit",
                    size(KIB, 256 * MIB),
                    "8MiB",
                    "8MiB",
                    "The largest body of a publish request.");
    static final Setting<Integer> PUBLISH_PAYLOAD_LIMIT =
            Setting.of(
                    "publish.payload-limit",
                    size(1, 16 * MIB),
                    "64KiB",
                    "64KiB",
                    "The largest payload of a backend's publication. It must fit into"
                        + " `limits.outbound-buffer`. Clients are held to `limits.frame-size`.");
    static final Setting<Integer> PUBLISH_BATCH_LIMIT =
            Setting.of(
                    "publish.batch-limit",
                    integer(1, 100_000),
                    "1000",
                    "1000",
                    "The most publications in one request.");

    static final Setting<Duration> PING_INTERVAL =
            Setting.of(
                    "websocket.ping-interval",
                    duration(SECOND, HOUR),
                    "25s",
                    "25s",
                    "Time between two pings, on WebSockets and on two-way HTTP transports.");
    static final Setting<Duration> PONG_TIMEOUT =
            Setting.of(
                    "websocket.pong-timeout",
                    duration(SECOND, HOUR),
                    "8s",
                    "8s",
                    "Time for the answer to a ping; then the connection counts as dead.");
    static final Setting<Boolean> COMPRESSION =
            Setting.of(
                    "websocket.compression",
                    flag(),
                    "off",
                    "on",
                    "Offers permessage-deflate (RFC 7692), without context takeover.");
    static final Setting<Integer> COMPRESSION_MIN_SIZE =
            Setting.of(
                    "websocket.compression-min-size",
                    size(0, 16 * MIB),
                    "512B",
                    "512B",
                    "Smaller messages are not compressed.");
    static final Setting<Duration> HEARTBEAT =
            Setting.of(
                    "sse.heartbeat",
                    duration(SECOND, HOUR),
                    "25s",
                    "25s",
                    "Time between two signs of life on SSE, NDJSON and other one-way streams.");
    static final Setting<Duration> RETRY =
            Setting.of(
                    "sse.retry",
                    duration(MILLISECOND, HOUR),
                    "3s",
                    "3s",
                    "How long a browser waits before it reconnects.");

    static final Setting<Duration> DRAIN =
            Setting.of(
                    "shutdown.drain",
                    duration(Duration.ZERO, HOUR),
                    "10s",
                    "30s",
                    "The time over which clients are told to reconnect when the server stops.");
    static final Setting<Integer> EVENT_LOOPS =
            Setting.of(
                    "event-loops",
                    integer(0, 64),
                    "0",
                    "4",
                    "Threads that serve connections; 0: one per processor.");
    static final Setting<Duration> MAX_DELAY =
            Setting.of(
                    "delivery.max-delay",
                    duration(Duration.ZERO, SECOND).orOff(Duration.ZERO),
                    "off",
                    "5ms",
                    "How long publications may wait for others, to be sent together.");
    static final Setting<Duration> POSITION_CHECK =
            Setting.of(
                    "delivery.position-check",
                    duration(SECOND, HOUR),
                    "40s",
                    "40s",
                    "Time between two checks of whether subscribers have heard all there is.");
    static final Setting<String> NODE_NAME =
            Setting.of(
                    "node.name",
                    text("a name"),
                    "",
                    "eu-1",
                    "What this process is called in the API's `info`; without it by the machine and"
                            + " the port.");
    static final Setting<Log.Format> LOG_FORMAT =
            Setting.of("log.format", choice(Log.Format.class), "text", "json", "How logs look.");
    static final Setting<Level> LOG_LEVEL =
            Setting.of("log.level", choice(Level.class), "info", "debug", "How much is logged.");
    static final Setting<Boolean> METRICS =
            Setting.of("metrics.enabled", flag(), "true", "false", "Serves `/metrics`.");
    static final Setting<Path> CATALOGUE =
            Setting.of(
                    "catalogue",
                    path("a YAML file"),
                    "",
                    "catalogue.yaml",
                    "A file with `channels` and `events`, instead of having them in this one.");

    /** Settings about one thing, as the documentation lists them. */
    record Section(String title, List<Setting<?>> settings) {}

    static final List<Section> SECTIONS =
            List.of(
                    new Section("Development", List.of(DEV)),
                    new Section(
                            "Listening",
                            List.of(
                                    HOST,
                                    PORT,
                                    INTERNAL_PORT,
                                    INTERNAL_HOST,
                                    ORIGINS,
                                    TLS_CERTIFICATE,
                                    TLS_KEY)),
                    TokenSettings.SECTION,
                    TokenSettings.SUBSCRIPTION_SECTION,
                    new Section(
                            "Publishing",
                            List.of(
                                    PUBLISH_TOKEN,
                                    PUBLISH_BODY_LIMIT,
                                    PUBLISH_PAYLOAD_LIMIT,
                                    PUBLISH_BATCH_LIMIT,
                                    RedisSettings.PUBSUB)),
                    ApiSettings.SECTION,
                    LimitSettings.SECTION,
                    new Section(
                            "WebSocket",
                            List.of(
                                    PING_INTERVAL,
                                    PONG_TIMEOUT,
                                    COMPRESSION,
                                    COMPRESSION_MIN_SIZE)),
                    new Section("SSE and NDJSON", List.of(HEARTBEAT, RETRY)),
                    CentrifugeSettings.SECTION,
                    AblySettings.SECTION,
                    RedisSettings.SECTION,
                    ApplicationSettings.SECTION,
                    PushSettings.SECTION,
                    new Section(
                            "Running",
                            List.of(DRAIN, EVENT_LOOPS, MAX_DELAY, POSITION_CHECK, NODE_NAME)),
                    new Section("Logs and metrics", List.of(LOG_FORMAT, LOG_LEVEL, METRICS)),
                    new Section("Channels", List.of(CATALOGUE)));

    private Settings() {}

    static Stream<Setting<?>> all() {
        return SECTIONS.stream().flatMap(section -> section.settings().stream());
    }

    static Optional<Setting<?>> named(String key) {
        return all().filter(setting -> setting.key().equals(key)).findFirst();
    }
}
