package dev.fanfare.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.core.protocol.Codec;
import dev.fanfare.core.protocol.Frame;
import dev.fanfare.core.protocol.FrameEncoder;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.protocol.Push;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** NDJSON: each message is a line; an empty line keeps the connection open. */
final class LineEncoder implements FrameEncoder {
    private static final byte[] NEWLINE = "\n".getBytes(UTF_8);

    private final Codec codec;

    LineEncoder(Codec codec) {
        this.codec = codec;
    }

    @Override
    public Frame encode(List<? extends Output> outputs) {
        var lines = new ByteArrayOutputStream();
        for (var output : outputs) {
            for (byte[] message : codec.encode(output)) {
                lines.writeBytes(message);
                lines.writeBytes(NEWLINE);
            }
            if (output instanceof Push.Ping) {
                lines.writeBytes(NEWLINE);
            }
        }
        return new ResponseFrame(lines);
    }
}
