package dev.fanfare.check.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.check.history.Position;
import dev.fanfare.check.history.Run.ChannelRules;
import dev.fanfare.check.wire.HttpStream;
import dev.fanfare.check.wire.Lines;
import dev.fanfare.check.wire.Message;
import dev.fanfare.check.wire.ServerEvent;
import dev.fanfare.check.wire.WebSocket;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** A client of the compatible protocol that only listens, after one request. */
final class OneWayTalk implements Talk {
    /** Where pushes come from. */
    private interface Source extends AutoCloseable {
        JsonNode next() throws IOException;

        @Override
        void close();
    }

    private final Source source;
    private final Witness witness;
    private final CompatiblePushes pushes;
    private final Map<String, Position> since;

    private OneWayTalk(Source source, Witness witness, Map<String, Position> since) {
        this.source = source;
        this.witness = witness;
        this.since = since;
        pushes = new CompatiblePushes(witness);
    }

    static Talk socket(Site site, Address node, Witness witness) throws IOException {
        var since = since(witness);
        var socket = WebSocket.open(node.port(), "/connection/uni_websocket", site.patience());
        try {
            socket.send(Json.text(request(site, witness, since)));
        } catch (IOException lost) {
            socket.close();
            throw lost;
        }
        return new OneWayTalk(new SocketSource(socket), witness, since);
    }

    static Talk events(Site site, Address node, Witness witness) throws IOException {
        var since = since(witness);
        var stream = open("/connection/uni_sse", site, node, request(site, witness, since));
        return new OneWayTalk(new StreamSource(stream, true), witness, since);
    }

    static Talk lines(Site site, Address node, Witness witness) throws IOException {
        var since = since(witness);
        var stream = open("/connection/uni_http_stream", site, node, request(site, witness, since));
        return new OneWayTalk(new StreamSource(stream, false), witness, since);
    }

    @Override
    public void next() throws IOException {
        var push = source.next();
        if (push.has("connect")) {
            begin(push.path("connect"));
        } else if (push.has("unsubscribe")) {
            pushes.read(push);
            throw Ending.wanted("to have the channel back");
        } else if (!push.isEmpty()) {
            pushes.read(push);
        }
    }

    @Override
    public void close() {
        source.close();
    }

    private void begin(JsonNode connect) throws IOException {
        witness.opened(connect.path("client").asText());
        for (var rules : witness.client().channels()) {
            var result = connect.path("subs").path(rules.name());
            if (result.isMissingNode()) {
                throw Ending.wanted("not subscribed to " + rules.name());
            }
            pushes.subscribed(rules.name(), since.get(rules.name()), result);
        }
    }

    private static HttpStream open(String path, Site site, Address node, JsonNode request)
            throws IOException {
        var head = "POST " + path + " HTTP/1.1\r\nContent-Type: application/json";
        var body = Json.text(request).getBytes(UTF_8);
        return HttpStream.open(node.port(), head, body, site.patience(), 200);
    }

    private static Map<String, Position> since(Witness witness) {
        var since = new HashMap<String, Position>();
        for (var rules : witness.client().channels()) {
            var position = witness.position(rules.name());
            if (position != null) {
                since.put(rules.name(), position);
            }
        }
        return since;
    }

    private static JsonNode request(Site site, Witness witness, Map<String, Position> since) {
        var request = Json.object().put("token", site.tokenOf(witness.client().user()));
        var subs = request.putObject("subs");
        witness.client().channels().stream()
                .map(ChannelRules::name)
                .forEach(name -> subs.set(name, CompatiblePushes.request(since.get(name))));
        return request;
    }

    private record SocketSource(WebSocket socket) implements Source {
        @Override
        public JsonNode next() throws IOException {
            return switch (socket.next()) {
                case Message.Text(var text) -> Json.read(text);
                case Message.Closed(var code, var reason) -> throw Ending.told(code, reason);
                case Message.Binary(var bytes) ->
                        throw Ending.wanted("no use for " + bytes.remaining() + " bytes");
            };
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    private static final class StreamSource implements Source {
        private final HttpStream stream;
        private final Lines lines;
        private final boolean events;

        StreamSource(HttpStream stream, boolean events) {
            this.stream = stream;
            this.events = events;
            lines = new Lines(stream);
        }

        @Override
        public JsonNode next() throws IOException {
            return Json.read(events ? ServerEvent.read(lines).data() : lines.next());
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
