package dev.fanfare.server.config;

import static dev.fanfare.server.config.ValueType.duration;
import static dev.fanfare.server.config.ValueType.flag;
import static dev.fanfare.server.config.ValueType.integer;

import dev.fanfare.server.config.Settings.Section;
import java.time.Duration;
import java.util.List;

/** The protocol that is compatible with Centrifugo's, on whichever transport. */
final class CentrifugeSettings {
    private static final ValueType<Duration> GRACE = duration(Duration.ZERO, Duration.ofDays(365));

    static final Setting<Duration> REFRESH_GRACE =
            Setting.of(
                    "centrifuge.refresh-grace",
                    GRACE,
                    "25s",
                    "1m",
                    "How long after its token's end a client may still refresh it; then the"
                            + " connection ends.");
    static final Setting<Duration> SUBSCRIPTION_REFRESH_GRACE =
            Setting.of(
                    "centrifuge.subscription-refresh-grace",
                    GRACE,
                    "25s",
                    "1m",
                    "The same for a token for one channel; then the subscription ends.");
    static final Setting<Integer> HISTORY_LIMIT =
            Setting.of(
                    "centrifuge.history-limit",
                    integer(1, 100_000),
                    "300",
                    "1000",
                    "Publications in one answer to a client's question for history; who asks for"
                            + " more gets so many.");
    static final Setting<Boolean> SERVER_TIME =
            Setting.of(
                    "centrifuge.server-time",
                    flag(),
                    "false",
                    "true",
                    "Whether clients are told the server's time when they are in.");

    static final Section SECTION =
            new Section(
                    "Protocol compatible with Centrifugo",
                    List.of(REFRESH_GRACE, SUBSCRIPTION_REFRESH_GRACE, HISTORY_LIMIT, SERVER_TIME));

    private CentrifugeSettings() {}
}
