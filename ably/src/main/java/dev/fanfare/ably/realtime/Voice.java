package dev.fanfare.ably.realtime;

import dev.fanfare.core.model.Payload;
import dev.fanfare.core.protocol.Frame;
import dev.fanfare.core.protocol.FrameEncoder;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.protocols.ably.Format;
import dev.fanfare.protocols.ably.Outgoing;
import java.util.List;

/**
 * How clients of one kind are spoken to. Shared by all of them.
 *
 * @param encoder takes the words of a {@link Push.Message} as they are
 * @param pings whether a {@link Push.Ping} reaches the client, which answers it
 */
public record Voice(Format format, FrameEncoder encoder, boolean pings) {
    /** One for each format, on one kind of transport. */
    public record Choice(Voice json, Voice msgpack) {
        Voice of(boolean binary) {
            return binary ? msgpack : json;
        }
    }

    /** The caller closes it. */
    Frame frame(Outgoing word) {
        var form = format.isBinary() ? Payload.Format.BINARY : Payload.Format.JSON;
        var words = new Push.Message(Payload.of(format.write(word), form));
        return encoder.encode(List.of(words));
    }

    /** The caller closes it. */
    Frame ping() {
        return encoder.encode(List.of(new Push.Ping()));
    }
}
