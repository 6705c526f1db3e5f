package dev.fanfare.protocols.centrifuge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.protocol.Codec;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.protocol.ProtocolException;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.protocol.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The client protocol of Centrifugo's SDKs. A frame holds one or more messages: in JSON one a line,
 * in Protobuf each behind its length. Whatever cannot be read ends the connection.
 */
public final class CentrifugeCodec implements Codec {
    private static final int ANSWER_SIZE = 128;
    private static final byte[] NEWLINE = "\n".getBytes(UTF_8);
    private static final byte[] NOTHING = {};

    private enum Encoding {
        JSON,
        PROTOBUF
    }

    private final Encoding encoding;
    private final String version;

    private CentrifugeCodec(Encoding encoding, String version) {
        this.encoding = encoding;
        this.version = version;
    }

    /**
     * @param version of the server, as clients are told it
     */
    public static Codec json(String version) {
        return new CentrifugeCodec(Encoding.JSON, version);
    }

    public static Codec protobuf(String version) {
        return new CentrifugeCodec(Encoding.PROTOBUF, version);
    }

    @Override
    public List<Request> decode(byte[] message, boolean binary) throws ProtocolException {
        try {
            var requests =
                    switch (encoding) {
                        case JSON -> lines(message);
                        case PROTOBUF -> delimited(message);
                    };
            if (requests.isEmpty()) {
                throw new IOException("frame: nothing (expected: a command)");
            }
            return requests;
        } catch (IOException unreadable) {
            throw new ProtocolException(
                    Disconnect.BAD_REQUEST, String.valueOf(unreadable.getMessage()));
        }
    }

    /** Clients that can refresh their tokens are not told when a backend has done it for them. */
    @Override
    public List<byte[]> encode(Output output) {
        if (output instanceof Push.Refreshed) {
            return List.of();
        }
        int capacity = payloadSize(output) + ANSWER_SIZE;
        var out =
                switch (encoding) {
                    case JSON -> new JsonMessageWriter(capacity);
                    case PROTOBUF -> new ProtobufMessageWriter(capacity);
                };
        new OutputWriter(out, version).write(output);
        return List.of(out.toBytes());
    }

    /** The protocol's own number for an error. */
    public static int number(ErrorCode code) {
        return ErrorNumber.of(code).code();
    }

    /** Of what is written whole. */
    private static int payloadSize(Output output) {
        return output instanceof Push.Published(var publication)
                ? publication.message().payload().size()
                : 0;
    }

    @Override
    public byte[] separator() {
        return encoding == Encoding.JSON ? NEWLINE : NOTHING;
    }

    @Override
    public boolean isBinary() {
        return encoding == Encoding.PROTOBUF;
    }

    private static List<Request> lines(byte[] frame) throws IOException {
        var requests = new ArrayList<Request>(1);
        for (int start = 0, end; start < frame.length; start = end + 1) {
            end = start;
            while (end < frame.length && frame[end] != '\n') {
                end++;
            }
            if (end > start) {
                var line = Arrays.copyOfRange(frame, start, end);
                requests.add(JsonMessageReader.read(line, CommandReader::read));
            }
        }
        return requests;
    }

    private static List<Request> delimited(byte[] frame) throws IOException {
        var requests = new ArrayList<Request>(1);
        var reader = new ProtobufMessageReader(frame);
        while (!reader.isAtEnd()) {
            requests.add(reader.delimited(CommandReader::read));
        }
        return requests;
    }
}
