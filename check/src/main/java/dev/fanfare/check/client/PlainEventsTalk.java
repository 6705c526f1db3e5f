package dev.fanfare.check.client;

import static java.util.stream.Collectors.toMap;

import dev.fanfare.check.history.Position;
import dev.fanfare.check.history.Run.ChannelRules;
import dev.fanfare.check.wire.HttpStream;
import dev.fanfare.check.wire.Lines;
import dev.fanfare.check.wire.ServerEvent;
import java.io.IOException;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Plain JSON in server-sent events. */
final class PlainEventsTalk implements Talk {
    private static final byte[] NO_BODY = {};
    private static final Pattern PLACE = Pattern.compile("([^@,]+)@([^:]+):(\\d+)");

    private final HttpStream stream;
    private final Lines lines;
    private final PlainMessages messages;

    private PlainEventsTalk(HttpStream stream, PlainMessages messages) {
        this.stream = stream;
        this.messages = messages;
        lines = new Lines(stream);
    }

    static Talk open(Site site, Address node, Witness witness) throws IOException {
        var messages = new PlainMessages(witness);
        var head = "GET " + messages.target("/sse", site) + " HTTP/1.1";
        var stream = HttpStream.open(node.port(), head, NO_BODY, site.patience(), 200);
        var talk = new PlainEventsTalk(stream, messages);
        try {
            talk.begin(witness.client().channels().stream().anyMatch(ChannelRules::keepsHistory));
        } catch (IOException lost) {
            talk.close();
            throw lost;
        }
        return talk;
    }

    @Override
    public void next() throws IOException {
        read(ServerEvent.read(lines));
    }

    @Override
    public void close() {
        stream.close();
    }

    /** The first id tells where the client stands on all channels that have positions. */
    private void begin(boolean withPositions) throws IOException {
        if (withPositions) {
            var first = ServerEvent.read(lines);
            messages.begin(positions(first.id()));
            read(first);
        } else {
            messages.begin();
        }
    }

    private void read(ServerEvent event) throws IOException {
        if (!event.data().isEmpty()) {
            messages.read(Json.read(event.data()));
        }
    }

    private static Map<String, Position> positions(String id) {
        return PLACE.matcher(id)
                .results()
                .collect(toMap(place -> place.group(1), PlainEventsTalk::position));
    }

    private static Position position(MatchResult place) {
        return new Position(place.group(2), Long.parseLong(place.group(3)));
    }
}
