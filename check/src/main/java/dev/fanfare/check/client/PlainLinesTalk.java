package dev.fanfare.check.client;

import dev.fanfare.check.wire.HttpStream;
import dev.fanfare.check.wire.Lines;
import java.io.IOException;

/** Plain JSON in the lines of a response. */
final class PlainLinesTalk implements Talk {
    private static final byte[] NO_BODY = {};

    private final HttpStream stream;
    private final Lines lines;
    private final PlainMessages messages;

    private PlainLinesTalk(HttpStream stream, PlainMessages messages) {
        this.stream = stream;
        this.messages = messages;
        lines = new Lines(stream);
    }

    static Talk open(Site site, Address node, Witness witness) throws IOException {
        var messages = new PlainMessages(witness);
        var head = "GET " + messages.target("/stream", site) + " HTTP/1.1";
        var stream = HttpStream.open(node.port(), head, NO_BODY, site.patience(), 200);
        messages.begin();
        return new PlainLinesTalk(stream, messages);
    }

    @Override
    public void next() throws IOException {
        var line = lines.next();
        if (!line.isEmpty()) {
            messages.read(Json.read(line));
        }
    }

    @Override
    public void close() {
        stream.close();
    }
}
