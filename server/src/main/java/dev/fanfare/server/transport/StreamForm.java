package dev.fanfare.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.protocol.Codec;
import dev.fanfare.core.protocol.Frame;
import dev.fanfare.core.protocol.FrameEncoder;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.protocol.Push;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * The protocol compatible with Centrifugo in an HTTP response without an end. All connections of
 * one form share it.
 */
final class StreamForm implements FrameEncoder {
    private final Codec codec;
    private final String mediaType;
    private final byte[] beginning;
    private final byte[] before;
    private final byte[] after;

    private StreamForm(
            Codec codec, String mediaType, String beginning, String before, String after) {
        this.codec = codec;
        this.mediaType = mediaType;
        this.beginning = beginning.getBytes(UTF_8);
        this.before = before.getBytes(UTF_8);
        this.after = after.getBytes(UTF_8);
    }

    /** Each message is a line. */
    static StreamForm lines(Codec json) {
        return new StreamForm(json, "application/x-ndjson", "", "", "\n");
    }

    /** Each message is a server-sent event (HTML standard, section 9.2). */
    static StreamForm events(Codec json) {
        return new StreamForm(json, "text/event-stream; charset=utf-8", "\r\n", "data: ", "\n\n");
    }

    /** Each message says itself how long it is. */
    static StreamForm delimited(Codec protobuf) {
        return new StreamForm(protobuf, "application/octet-stream", "", "", "");
    }

    Codec codec() {
        return codec;
    }

    String mediaType() {
        return mediaType;
    }

    /** What every response begins with. */
    Frame beginning() {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(beginning);
        return new ResponseFrame(bytes);
    }

    /** {@link Push.Disconnected} is left to {@link #farewell}. */
    @Override
    public Frame encode(List<? extends Output> outputs) {
        var bytes = new ByteArrayOutputStream();
        for (var output : outputs) {
            if (!(output instanceof Push.Disconnected)) {
                write(output, bytes);
            }
        }
        return new ResponseFrame(bytes);
    }

    Frame farewell(Disconnect why) {
        var bytes = new ByteArrayOutputStream();
        write(new Push.Disconnected(why), bytes);
        return new ResponseFrame(bytes);
    }

    private void write(Output output, ByteArrayOutputStream bytes) {
        for (byte[] message : codec.encode(output)) {
            bytes.writeBytes(before);
            bytes.writeBytes(message);
            bytes.writeBytes(after);
        }
    }
}
