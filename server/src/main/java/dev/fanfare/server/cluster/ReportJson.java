package dev.fanfare.server.cluster;

import java.time.Duration;
import java.time.Instant;

/** A {@link NodeReport} on its way between nodes. */
final class ReportJson {
    private ReportJson() {}

    static byte[] write(NodeReport report) {
        var node = report.node();
        var load = report.load();
        return Json.object(
                writer ->
                        writer.member("id", node.id())
                                .member("name", node.name())
                                .member("version", node.version())
                                .member("started_at", node.startedAt().toEpochMilli())
                                .member("clients", load.clients())
                                .member("subscriptions", load.subscriptions())
                                .member("users", load.users())
                                .member("channels", load.channels())
                                .member("uptime", report.uptime().toMillis())
                                .member("cpu", report.process().cpu())
                                .member("memory", report.process().memory()));
    }

    static NodeReport read(byte[] document) {
        var json = Json.read(document);
        return new NodeReport(
                new Node(
                        Json.text(json, "id"),
                        Json.text(json, "name"),
                        Json.text(json, "version"),
                        Instant.ofEpochMilli(json.required("started_at").asLong())),
                new NodeReport.Load(
                        json.required("clients").asInt(),
                        json.required("subscriptions").asInt(),
                        json.required("users").asInt(),
                        json.required("channels").asInt()),
                Duration.ofMillis(json.required("uptime").asLong()),
                new ProcessUse(json.required("cpu").asLong(), json.required("memory").asLong()));
    }
}
