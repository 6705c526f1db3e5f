package dev.fanfare.protocols.centrifuge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.protocol.Codec;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.protocol.ProtocolException;
import dev.fanfare.core.protocol.Reply;
import dev.fanfare.core.protocol.Request;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The protocol one way: pushes as JSON objects with nothing around them. All that a client says is
 * its connect request, which is answered by a push; there are no other answers.
 */
public final class PushCodec implements Codec {
    private static final int SIZE = 256;
    private static final byte[] NEWLINE = "\n".getBytes(UTF_8);

    private final String version;
    private final boolean joined;

    /**
     * @param version of the server, as clients are told it
     * @param joined whether several pushes may go out as one message, a line for each
     */
    public PushCodec(String version, boolean joined) {
        this.version = version;
        this.joined = joined;
    }

    @Override
    public List<Request> decode(byte[] message, boolean binary) throws ProtocolException {
        try {
            var connect = JsonMessageReader.read(message, CommandReader::connect);
            return List.of(new Request(null, connect));
        } catch (IOException unreadable) {
            throw new ProtocolException(
                    Disconnect.BAD_REQUEST, String.valueOf(unreadable.getMessage()));
        }
    }

    @Override
    public List<byte[]> encode(Output output) {
        if (output instanceof Output.Answer(_, var reply) && !(reply instanceof Reply.Connected)) {
            return List.of();
        }
        var out = new JsonMessageWriter(SIZE);
        new OutputWriter(out, version).writeBare(output);
        return List.of(out.toBytes());
    }

    @Override
    public byte @Nullable [] separator() {
        return joined ? NEWLINE : null;
    }

    @Override
    public boolean isBinary() {
        return false;
    }
}
