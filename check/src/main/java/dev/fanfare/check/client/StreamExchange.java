package dev.fanfare.check.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.check.wire.HttpStream;
import dev.fanfare.check.wire.Lines;
import dev.fanfare.check.wire.Protobuf;
import dev.fanfare.check.wire.ServerEvent;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Over HTTP: the first command makes a response without an end, and replies come in it. Further
 * commands are requests of their own, to any node.
 */
final class StreamExchange implements Exchange {
    private enum Format {
        LINES("/connection/http_stream"),
        PROTOBUF("/connection/http_stream"),
        EVENTS("/connection/sse");

        private final String path;

        Format(String path) {
            this.path = path;
        }

        String type() {
            return this == PROTOBUF ? "application/octet-stream" : "application/json";
        }
    }

    private final HttpStream stream;
    private final Format format;
    private final Site site;
    private final Lines lines;
    private final InputStream body;
    private String node = "";
    private String session = "";

    private StreamExchange(HttpStream stream, Format format, Site site) {
        this.stream = stream;
        this.format = format;
        this.site = site;
        lines = new Lines(stream);
        body = format == Format.PROTOBUF ? new BufferedInputStream(stream.body()) : stream.body();
    }

    static Talk lines(Site site, Address node, Witness witness) throws IOException {
        return open(Format.LINES, site, node, witness);
    }

    static Talk protobuf(Site site, Address node, Witness witness) throws IOException {
        return open(Format.PROTOBUF, site, node, witness);
    }

    static Talk events(Site site, Address node, Witness witness) throws IOException {
        return open(Format.EVENTS, site, node, witness);
    }

    private static Talk open(Format format, Site site, Address node, Witness witness)
            throws IOException {
        var command = bytes(format, CompatibleTalk.connect(site, witness));
        var head = head(format.path, format);
        var stream = HttpStream.open(node.port(), head, command, site.patience(), 200);
        return CompatibleTalk.begun(new StreamExchange(stream, format, site), witness);
    }

    @Override
    public void send(JsonNode command) throws IOException {
        var request = Json.object().put("node", node).put("session", session);
        var commands = bytes(format, command);
        byte[] body;
        if (format == Format.PROTOBUF) {
            body = Protobuf.encode("EmulationRequest", request.put("data", commands));
        } else {
            body = Json.text(request.put("data", new String(commands, UTF_8))).getBytes(UTF_8);
        }
        var head = head("/emulation", format) + "\r\nConnection: close";
        HttpStream.open(site.anyNode().port(), head, body, site.patience(), 204).close();
    }

    @Override
    public JsonNode next() throws IOException {
        var reply =
                switch (format) {
                    case LINES -> Json.read(lines.next());
                    case EVENTS -> Json.read(ServerEvent.read(lines).data());
                    case PROTOBUF -> Protobuf.decode("Reply", Protobuf.readDelimited(body));
                };
        if (reply.has("connect")) {
            node = reply.path("connect").path("node").asText();
            session = reply.path("connect").path("session").asText();
        }
        return reply;
    }

    @Override
    public void close() {
        stream.close();
    }

    private static byte[] bytes(Format format, JsonNode command) throws IOException {
        return format == Format.PROTOBUF
                ? Protobuf.encodeDelimited("Command", command)
                : Json.text(command).getBytes(UTF_8);
    }

    private static String head(String path, Format format) {
        return "POST " + path + " HTTP/1.1\r\nContent-Type: " + format.type();
    }
}
