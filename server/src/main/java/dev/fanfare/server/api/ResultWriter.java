package dev.fanfare.server.api;

import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.protocols.json.JsonWriter;
import dev.fanfare.protocols.json.NamedData;
import dev.fanfare.server.cluster.NodeReport;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Writes results as JSON. Members that the API promises are there, also when empty. */
final class ResultWriter {
    private final JsonWriter writer;

    private ResultWriter(JsonWriter writer) {
        this.writer = writer;
    }

    /** {@code {"result":{}}} or {@code {"error":{}}}. */
    static byte[] enveloped(ApiResult result) {
        var writer = new JsonWriter(128);
        new ResultWriter(writer).write("result", result);
        return writer.toBytes();
    }

    /** {@code {"replies":[{"publish":{}},{"error":{}}]}}. */
    static byte[] batch(List<String> methods, List<ApiResult> results) {
        var writer = new JsonWriter(64 * (1 + results.size()));
        writer.beginObject().member("replies").beginArray();
        for (int index = 0; index < results.size(); index++) {
            new ResultWriter(writer).write(methods.get(index), results.get(index));
        }
        return writer.endArray().endObject().toBytes();
    }

    private void write(String member, ApiResult result) {
        writer.beginObject();
        if (result instanceof ApiResult.Failed(var error)) {
            error.write(writer);
        } else {
            writer.member(member).beginObject();
            writeMembers(result);
            writer.endObject();
        }
        writer.endObject();
    }

    private void writeMembers(ApiResult result) {
        switch (result) {
            case ApiResult.Done() -> {}
            case ApiResult.Published(var position) -> position(position);
            case ApiResult.Broadcasted(var responses) -> responses(responses);
            case ApiResult.Presence(var members) -> presence(members);
            case ApiResult.PresenceStats(var clients, var users) ->
                    writer.member("num_clients", clients).member("num_users", users);
            case ApiResult.History(var history) -> history(history);
            case ApiResult.Channels(var clients) -> channels(clients);
            case ApiResult.Nodes(var nodes) -> nodes(nodes);
            case ApiResult.Failed(var error) -> error.write(writer);
        }
    }

    private void position(StreamPosition position) {
        if (position.isKnown()) {
            writer.member("offset", position.offset()).member("epoch", position.epoch());
        }
    }

    private void responses(List<ApiResult> responses) {
        writer.member("responses").beginArray();
        responses.forEach(response -> write("result", response));
        writer.endArray();
    }

    private void presence(Map<String, ClientInfo> members) {
        writer.member("presence").beginObject();
        members.forEach(
                (id, member) -> {
                    writer.member(id);
                    client(member);
                });
        writer.endObject();
    }

    private void client(ClientInfo info) {
        writer.beginObject().member("user", info.user()).member("client", info.client());
        info("conn_info", info.info());
        info("chan_info", info.channelInfo());
        writer.endObject();
    }

    /** Info that is no JSON is for clients of the binary protocol alone. */
    private void info(String name, Payload info) {
        if (info.format() == Payload.Format.JSON) {
            writer.member(name).raw(info.bytes());
        }
    }

    private void history(History history) {
        writer.member("publications").beginArray();
        history.publications().forEach(this::publication);
        writer.endArray()
                .member("epoch", history.top().epoch())
                .member("offset", history.top().offset());
    }

    private void channels(Map<String, Integer> clients) {
        writer.member("channels").beginObject();
        clients.forEach(
                (channel, count) ->
                        writer.member(channel)
                                .beginObject()
                                .member("num_clients", count)
                                .endObject());
        writer.endObject();
    }

    private void nodes(List<NodeReport> reports) {
        writer.member("nodes").beginArray();
        reports.forEach(this::node);
        writer.endArray();
    }

    private void node(NodeReport report) {
        var node = report.node();
        var load = report.load();
        writer.beginObject()
                .member("uid", node.id())
                .member("name", node.name())
                .member("version", node.version())
                .member("num_clients", load.clients())
                .member("num_users", load.users())
                .member("num_subs", load.subscriptions())
                .member("num_channels", load.channels())
                .member("uptime", report.uptime().toSeconds());
        writer.member("process")
                .beginObject()
                .member("cpu", report.process().cpu())
                .member("rss", report.process().memory())
                .endObject()
                .endObject();
    }

    private void publication(Publication publication) {
        writer.beginObject();
        var message = publication.message();
        data(NamedData.payload(message));
        if (message.publisher() != null) {
            writer.member("info");
            client(message.publisher());
        }
        writer.member("offset", publication.position().offset());
        tags(message.tags());
        writer.endObject();
    }

    private void tags(Map<String, String> tags) {
        if (!tags.isEmpty()) {
            writer.member("tags").beginObject();
            tags.forEach(writer::member);
            writer.endObject();
        }
    }

    private void data(Payload payload) {
        switch (payload.format()) {
            case JSON -> writer.member("data").raw(payload.bytes());
            case TEXT -> writer.member("data").string(payload.bytes());
            case BINARY ->
                    writer.member("b64data", Base64.getEncoder().encodeToString(payload.bytes()));
        }
    }
}
