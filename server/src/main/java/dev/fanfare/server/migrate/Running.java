package dev.fanfare.server.migrate;

import java.time.Duration;

/** Pings, compression, shutdown, logs and metrics. */
final class Running {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Source source;
    private final Lines out;
    private final Carrier carrier;

    Running(Source source, Lines out) {
        this.source = source;
        this.out = out;
        carrier = new Carrier(out);
    }

    void write() {
        out.section("Running");
        pings(source.group("client"));
        compression(source.group("websocket"));
        carrier.flag(
                source.group("client"), "connect_include_server_time", "centrifuge.server-time");
        carrier.time(source.group("shutdown"), "timeout", "shutdown.drain", Duration.ZERO, HOUR);
        logs(source.group("log"));
        var metrics = source.group("prometheus");
        out.put("metrics.enabled", metrics.flag("enabled"));
        metrics.lose("handler_prefix", "/metrics", "the metrics are at /metrics");
        metrics.loseAll("nothing like it is measured here");
        var health = source.group("health");
        var _ = health.flag("enabled");
        health.lose("handler_prefix", "/health", "the answer is at /health");
    }

    private void pings(Source client) {
        var interval = client.duration("ping_interval");
        if (interval != null) {
            var ours =
                    GoDuration.ours(
                            Carrier.within(client, "ping_interval", interval, SECOND, HOUR));
            out.put("websocket.ping-interval", ours);
            out.put("sse.heartbeat", ours);
        }
        carrier.time(client, "pong_timeout", "websocket.pong-timeout", SECOND, HOUR);
    }

    private void compression(Source socket) {
        carrier.flag(socket, "compression", "websocket.compression");
        carrier.size(
                socket,
                "compression_min_size",
                "websocket.compression-min-size",
                0,
                16 * 1024 * 1024);
    }

    private void logs(Source log) {
        var level = log.text("level");
        if (level != null) {
            out.put(
                    "log.level",
                    switch (level) {
                        case "trace", "debug", "info", "warn", "error" -> level;
                        default -> {
                            log.report().note(log.path("level"), "becomes error");
                            yield "error";
                        }
                    });
        }
    }
}
