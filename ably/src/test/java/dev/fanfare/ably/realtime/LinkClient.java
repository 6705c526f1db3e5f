package dev.fanfare.ably.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.core.fake.CountingEncoder;
import dev.fanfare.core.fake.FakeConnection;
import dev.fanfare.core.fake.ManualLoop;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.protocols.ably.Formats;
import dev.fanfare.protocols.ably.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A client on a socket that is a list, speaking JSON. */
final class LinkClient {
    private static final CountingEncoder ENCODER = new CountingEncoder(true);
    private static final Voice.Choice VOICES =
            new Voice.Choice(
                    new Voice(Formats.JSON, ENCODER, true),
                    new Voice(Formats.MSGPACK, ENCODER, true));

    final FakeConnection connection = new FakeConnection();
    final Transport transport;

    LinkClient(LinkNode node, ManualLoop loop, Map<String, String> query) {
        transport = node.entrance.open(query::get, new Way(connection, VOICES, loop, key -> {}));
    }

    void say(String words) {
        transport.receive(words.getBytes(UTF_8));
    }

    /** What it has been told since this was last asked: as JSON; a ping of the socket: "ping". */
    List<String> heard() {
        var heard = new ArrayList<String>();
        for (var output : connection.take()) {
            heard.add(
                    switch (output) {
                        case Push.Message(var payload) -> text(payload);
                        case Push.Ping() -> "ping";
                        default -> throw new AssertionError(output.toString());
                    });
        }
        return heard;
    }

    private static String text(Payload words) {
        return new String(words.bytes(), UTF_8);
    }

    /** As {@link #heard}, in words. */
    List<String> words() {
        return heard().stream().filter(said -> !said.equals("ping")).toList();
    }

    /** The only thing it has been told in words since this was last asked. */
    Map<?, ?> told() {
        var heard = words();
        if (heard.size() != 1) {
            throw new AssertionError(heard.toString());
        }
        try {
            return (Map<?, ?>) Formats.JSON.readTree(heard.getFirst().getBytes(UTF_8));
        } catch (Unreadable e) {
            throw new AssertionError(e);
        }
    }

    /** It is connected; what the connection is called. */
    String connectionId() {
        return (String) told().get("connectionId");
    }
}
