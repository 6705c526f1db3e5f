package dev.fanfare.server.cluster;

import dev.fanfare.core.hub.Hub;
import dev.fanfare.core.session.UserDirectory;
import java.time.Duration;
import java.time.InstantSource;

/** What this node itself can do and tell. Any thread. */
public record Here(Hub hub, UserDirectory users, Node node, InstantSource clock) {
    NodeReport report() {
        var load =
                new NodeReport.Load(
                        users.sessions(), hub.subscriptions(), users.users(), hub.channels());
        var uptime = Duration.between(node.startedAt(), clock.instant());
        return new NodeReport(node, load, uptime, ProcessUse.now());
    }
}
