package dev.fanfare.check.client;

import dev.fanfare.check.wire.Message;
import dev.fanfare.check.wire.WebSocket;
import java.io.IOException;

/** Plain JSON on a WebSocket, with the channels in the address or by commands. */
final class PlainSocketTalk implements Talk {
    private static final String PATH = "/ws";

    private final WebSocket socket;
    private final PlainMessages messages;

    private PlainSocketTalk(WebSocket socket, PlainMessages messages) {
        this.socket = socket;
        this.messages = messages;
    }

    static Talk ofQuery(Site site, Address node, Witness witness) throws IOException {
        var messages = new PlainMessages(witness);
        var target = messages.target(PATH, site);
        var socket = WebSocket.open(node.port(), target, site.patience());
        messages.begin();
        return new PlainSocketTalk(socket, messages);
    }

    static Talk ofCommands(Site site, Address node, Witness witness) throws IOException {
        var messages = new PlainMessages(witness);
        var target = messages.token(PATH, site);
        var socket = WebSocket.open(node.port(), target, site.patience());
        witness.opened(null);
        var talk = new PlainSocketTalk(socket, messages);
        try {
            for (var rules : witness.client().channels()) {
                talk.subscribe(rules.name());
            }
        } catch (IOException lost) {
            talk.close();
            throw lost;
        }
        return talk;
    }

    @Override
    public void next() throws IOException {
        switch (socket.next()) {
            case Message.Text(var text) -> messages.read(Json.read(text));
            case Message.Closed(var code, var reason) -> throw Ending.told(code, reason);
            case Message.Binary(var bytes) ->
                    throw Ending.wanted("no use for " + bytes.remaining() + " bytes");
        }
    }

    @Override
    public void close() {
        socket.close();
    }

    private void subscribe(String channel) throws IOException {
        var command = Json.object().put("type", "subscribe").put("channel", channel);
        var since = messages.ask(channel);
        if (since != null) {
            command.putObject("since").put("epoch", since.epoch()).put("offset", since.offset());
        }
        socket.send(Json.text(command));
    }
}
