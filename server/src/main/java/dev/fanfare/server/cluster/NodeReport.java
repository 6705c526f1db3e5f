package dev.fanfare.server.cluster;

import java.time.Duration;

/** What a node is, and how much it has to do. */
public record NodeReport(Node node, Load load, Duration uptime, ProcessUse process) {
    /** What it serves at the moment. */
    public record Load(int clients, int subscriptions, int users, int channels) {}
}
