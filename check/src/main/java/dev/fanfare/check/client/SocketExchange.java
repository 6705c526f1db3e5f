package dev.fanfare.check.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.check.wire.Message;
import dev.fanfare.check.wire.Protobuf;
import dev.fanfare.check.wire.WebSocket;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;

/** On a WebSocket: several messages in a frame. */
final class SocketExchange implements Exchange {
    private static final String PATH = "/connection/websocket";

    private final WebSocket socket;
    private final boolean protobuf;
    private final Queue<JsonNode> waiting = new ArrayDeque<>();

    private SocketExchange(WebSocket socket, boolean protobuf) {
        this.socket = socket;
        this.protobuf = protobuf;
    }

    static Talk json(Site site, Address node, Witness witness) throws IOException {
        return CompatibleTalk.begin(json(site, node), site, witness);
    }

    static Exchange json(Site site, Address node) throws IOException {
        return new SocketExchange(WebSocket.open(node.port(), PATH, site.patience()), false);
    }

    static Talk protobuf(Site site, Address node, Witness witness) throws IOException {
        var target = PATH + "?cf_protocol=protobuf";
        var socket = WebSocket.open(node.port(), target, site.patience());
        return CompatibleTalk.begin(new SocketExchange(socket, true), site, witness);
    }

    @Override
    public void send(JsonNode command) throws IOException {
        if (protobuf) {
            socket.send(Protobuf.encodeDelimited("Command", command));
        } else {
            socket.send(Json.text(command));
        }
    }

    @Override
    public JsonNode next() throws IOException {
        while (waiting.isEmpty()) {
            switch (socket.next()) {
                case Message.Text(var text) -> {
                    for (var line : text.split("\n", -1)) {
                        waiting.add(Json.read(line));
                    }
                }
                case Message.Binary binary -> {
                    var in = new ByteArrayInputStream(binary.toBytes());
                    while (in.available() > 0) {
                        waiting.add(Protobuf.decode("Reply", Protobuf.readDelimited(in)));
                    }
                }
                case Message.Closed(var code, var reason) -> throw Talk.Ending.told(code, reason);
            }
        }
        return waiting.remove();
    }

    @Override
    public void close() {
        socket.close();
    }
}
