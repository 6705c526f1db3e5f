package dev.fanfare.check.world;

import static java.util.stream.Collectors.joining;

import dev.fanfare.check.client.Address;
import dev.fanfare.check.client.Site.Secrets;
import dev.fanfare.check.history.Run.ChannelRules;
import dev.fanfare.check.history.Run.Promises;
import java.time.Duration;
import java.util.List;

/** How nodes are configured, and what follows from it for those who watch them. */
final class Settings {
    static final Secrets SECRETS =
            new Secrets(
                    "secret-of-the-history-checker-0123456789",
                    "publish-token-of-the-history-checker",
                    "api-key-of-the-history-checker");

    /** After which clients give up; longer than a node is silent. */
    static final Duration PATIENCE = Duration.ofSeconds(4);

    /**
     * Delivery: two checks of positions, and time to connect again. Presence: expiry and a sweep.
     */
    static final Promises PROMISES = new Promises(8_000, 12_000);

    private static final int PLENTY = 5_000;
    private static final long LONG = 600_000;

    static final List<ChannelRules> CHANNELS =
            List.of(
                    new ChannelRules("kept:1", PLENTY, LONG, false, false),
                    new ChannelRules("kept:2", PLENTY, LONG, false, false),
                    new ChannelRules("short:1", 10, 5_000, false, false),
                    new ChannelRules("live:1", 0, 0, false, false),
                    new ChannelRules("met:1", PLENTY, LONG, true, true),
                    new ChannelRules("room:1", 0, 0, true, true));

    private Settings() {}

    /**
     * @param redis the port of a Redis on this machine
     */
    static String of(Address node, int redis) {
        var channels = CHANNELS.stream().map(Settings::channel).collect(joining());
        return """
        node.name: %s
        host: 127.0.0.1
        port: %d
        token.secret: %s
        publish.token: %s
        api.key: %s
        engine: redis
        redis.address: redis://127.0.0.1:%d
        redis.timeout: 1s
        redis.presence-ttl: 6s
        redis.node-ttl: 4s
        event-loops: 2
        websocket.ping-interval: 1s
        websocket.pong-timeout: 2s
        sse.heartbeat: 1s
        delivery.position-check: 1s
        shutdown.drain: 1s
        limits.messages-per-second: off
        limits.recovered-publications: 5000
        channels:
        %s\
        """
                .formatted(
                        node.node(),
                        node.port(),
                        SECRETS.token(),
                        SECRETS.publish(),
                        SECRETS.api(),
                        redis,
                        channels);
    }

    private static String channel(ChannelRules rules) {
        var history =
                rules.keepsHistory()
                        ? ", history: { size: %d, age: %dms }, positioning: forced, recovery: forced"
                                .formatted(rules.historySize(), rules.historyAge())
                        : "";
        return """
          - { pattern: "%s", subscribe: everyone, publish: everyone, presence: %s,\
         join-leave: %s, push-join-leave: %s%s }
        """
                .formatted(
                        rules.name(),
                        rules.presence(),
                        rules.joinLeave(),
                        rules.joinLeave(),
                        history);
    }
}
