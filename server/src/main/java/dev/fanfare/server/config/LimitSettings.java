package dev.fanfare.server.config;

import static dev.fanfare.server.config.Settings.KIB;
import static dev.fanfare.server.config.Settings.MIB;
import static dev.fanfare.server.config.Settings.OFF;
import static dev.fanfare.server.config.ValueType.duration;
import static dev.fanfare.server.config.ValueType.flag;
import static dev.fanfare.server.config.ValueType.integer;
import static dev.fanfare.server.config.ValueType.size;

import dev.fanfare.server.config.Settings.Section;
import java.time.Duration;
import java.util.List;

/** How much of everything there may be. */
final class LimitSettings {
    private static final ValueType<Integer> COUNT = integer(1, 1_000_000_000);

    static final Setting<Integer> CONNECTIONS =
            Setting.of(
                    "limits.connections", COUNT.orOff(OFF), "off", "100000", "Connections in all.");
    static final Setting<Integer> CONNECTIONS_PER_USER =
            Setting.of(
                    "limits.connections-per-user",
                    COUNT.orOff(OFF),
                    "off",
                    "10",
                    "Connections of one user.");
    static final Setting<Integer> CONNECTIONS_PER_SECOND =
            Setting.of(
                    "limits.connections-per-second",
                    COUNT.orOff(OFF),
                    "off",
                    "1000",
                    "New connections in one second.");
    static final Setting<Integer> CHANNELS =
            Setting.of(
                    "limits.channels-per-connection",
                    integer(1, 100_000),
                    "128",
                    "128",
                    "Channels that one connection may be subscribed to.");
    static final Setting<Integer> CHANNEL_NAME_LENGTH =
            Setting.of(
                    "limits.channel-name-length",
                    integer(1, 4096),
                    "255",
                    "255",
                    "Characters in a channel's name; longer names are refused.");
    static final Setting<Boolean> CHANNEL_NAME_ASCII =
            Setting.of(
                    "limits.channel-name-ascii",
                    flag(),
                    "false",
                    "true",
                    "Whether channels' names are in ASCII, but for those that a `name-regex` holds"
                            + " for.");
    static final Setting<Integer> FRAME_SIZE =
            Setting.of(
                    "limits.frame-size",
                    size(128, 16 * MIB),
                    "64KiB",
                    "64KiB",
                    "The largest message that a client may send.");
    static final Setting<Integer> MESSAGES_PER_SECOND =
            Setting.of(
                    "limits.messages-per-second",
                    integer(1, 1_000_000).orOff(OFF),
                    "50",
                    "50",
                    "Messages that one connection may send in a second, on average.");
    static final Setting<Integer> MESSAGE_BURST =
            Setting.of(
                    "limits.message-burst",
                    integer(1, 1_000_000),
                    "100",
                    "100",
                    "Messages that one connection may send at once.");
    static final Setting<Integer> OUTBOUND_BUFFER =
            Setting.of(
                    "limits.outbound-buffer",
                    size(4 * KIB, 256 * MIB),
                    "1MiB",
                    "1MiB",
                    "Bytes that may wait for a client that reads too slowly; then it is cut off.");
    static final Setting<Integer> WAITING_COMMANDS =
            Setting.of(
                    "limits.waiting-commands",
                    integer(1, 100_000),
                    "256",
                    "256",
                    "Commands of one connection that may wait behind one being carried out.");
    static final Setting<Integer> RECOVERED_PUBLICATIONS =
            Setting.of(
                    "limits.recovered-publications",
                    integer(1, 100_000),
                    "1000",
                    "1000",
                    "Publications replayed to a client that was away; who missed more is told so.");

    static final Setting<Duration> REQUEST_TIMEOUT =
            Setting.of(
                    "limits.request-timeout",
                    duration(Duration.ofMillis(100), Duration.ofHours(1)),
                    "60s",
                    "60s",
                    "Time for an HTTP request to arrive as a whole, and for the next one to begin;"
                        + " then the connection ends. Streams and WebSockets have no such end.");
    static final Setting<Duration> CONNECT_TIMEOUT =
            Setting.of(
                    "limits.connect-timeout",
                    duration(Duration.ofMillis(100), Duration.ofHours(1)),
                    "10s",
                    "10s",
                    "Time to be in, for clients that say in band who they are (transports"
                        + " `centrifuge…`); then they are cut off with code 3502. Also the time for"
                        + " what an endpoint greets with, or `database.wait` where that is longer"
                        + " and applications run; then clients are refused (503).");

    static final Section SECTION =
            new Section(
                    "Limits",
                    List.of(
                            CONNECTIONS,
                            CONNECTIONS_PER_USER,
                            CONNECTIONS_PER_SECOND,
                            CHANNELS,
                            CHANNEL_NAME_LENGTH,
                            CHANNEL_NAME_ASCII,
                            FRAME_SIZE,
                            MESSAGES_PER_SECOND,
                            MESSAGE_BURST,
                            OUTBOUND_BUFFER,
                            WAITING_COMMANDS,
                            RECOVERED_PUBLICATIONS,
                            REQUEST_TIMEOUT,
                            CONNECT_TIMEOUT));

    private LimitSettings() {}
}
