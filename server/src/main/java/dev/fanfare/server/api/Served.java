package dev.fanfare.server.api;

import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.hub.Hub;
import dev.fanfare.core.session.UserDirectory;
import java.time.Duration;
import java.time.InstantSource;

/** What the API acts on, and tells about. Any thread. */
public record Served(
        Channels channels, Hub hub, UserDirectory users, Node node, InstantSource clock) {
    NodeReport report() {
        var load =
                new NodeReport.Load(
                        users.sessions(), hub.subscriptions(), users.users(), hub.channels());
        var uptime = Duration.between(node.startedAt(), clock.instant());
        return new NodeReport(node, load, uptime, ProcessUse.now());
    }
}
