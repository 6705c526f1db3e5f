package dev.fanfare.server.migrate;

import java.time.Duration;

/** How much of everything there may be. */
final class Limits {
    private static final long MIB = 1024 * 1024;
    private static final long MANY = 1_000_000_000;
    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration YEAR = Duration.ofDays(365);

    private final Source source;
    private final Lines out;
    private final Carrier carrier;

    Limits(Source source, Lines out) {
        this.source = source;
        this.out = out;
        carrier = new Carrier(out);
    }

    void write() {
        out.section("Limits");
        out.comment("There is none of these there.");
        out.put("limits.messages-per-second", "off");
        out.put("limits.waiting-commands", 10_000);
        var client = source.group("client");
        connections(client);
        buffer(client);
        var channel = source.group("channel");
        carrier.number(channel, "max_length", "limits.channel-name-length", 1, 4096);
        out.put("limits.channel-name-ascii", true);
        carrier.size(
                source.group("websocket"),
                "message_size_limit",
                "limits.frame-size",
                128,
                16 * MIB);
        publications(client);
        times(client);
    }

    private void connections(Source client) {
        carrier.limit(client, "connection_limit", "limits.connections", MANY);
        carrier.limit(client, "user_connection_limit", "limits.connections-per-user", MANY);
        carrier.limit(client, "connection_rate_limit", "limits.connections-per-second", MANY);
        carrier.number(client, "channel_limit", "limits.channels-per-connection", 1, 100_000);
    }

    /** A publication has to fit into what may wait for a client. */
    private void buffer(Source client) {
        var given = client.number("queue_max_size");
        long bytes =
                given == null
                        ? MIB
                        : Carrier.within(client, "queue_max_size", given, 4096, 256 * MIB);
        out.put("limits.outbound-buffer", Carrier.size(bytes));
        out.put("publish.payload-limit", Carrier.size(Math.min(bytes, 16 * MIB)));
    }

    private void publications(Source client) {
        publications(client, "recovery_max_publication_limit", "limits.recovered-publications");
        publications(client, "history_max_publication_limit", "centrifuge.history-limit");
    }

    private void publications(Source client, String key, String ours) {
        var given = client.number(key);
        out.put(ours, given == null ? 300 : Carrier.within(client, key, given, 1, 100_000));
    }

    private void times(Source client) {
        carrier.time(client, "stale_close_delay", "limits.connect-timeout", SOON, HOUR);
        carrier.time(
                client, "expired_close_delay", "centrifuge.refresh-grace", Duration.ZERO, YEAR);
        carrier.time(
                client,
                "expired_sub_close_delay",
                "centrifuge.subscription-refresh-grace",
                Duration.ZERO,
                YEAR);
        carrier.time(
                client, "channel_position_check_delay", "delivery.position-check", SECOND, HOUR);
    }
}
