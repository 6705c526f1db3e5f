package dev.fanfare.protocols.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.core.protocol.Codec;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.protocol.ProtocolException;
import dev.fanfare.core.protocol.Request;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plain JSON in which every object that goes out tells its {@code schema_version}. One that tells
 * it already, and what is no object, goes out as it is, byte for byte.
 */
public final class StampedCodec implements Codec {
    private static final String MEMBER = "schema_version";

    private final JsonCodec codec;
    private final byte[] stamp;

    /**
     * @param version of the schema that messages without one follow
     */
    public StampedCodec(JsonCodec codec, int version) {
        this.codec = codec;
        stamp = ("\"" + MEMBER + "\":" + version + "}").getBytes(UTF_8);
    }

    @Override
    public List<Request> decode(byte[] message, boolean binary) throws ProtocolException {
        return codec.decode(message, binary);
    }

    @Override
    public List<byte[]> encode(Output output) {
        return codec.encode(output).stream().map(this::stamped).toList();
    }

    @Override
    public byte @Nullable [] separator() {
        return codec.separator();
    }

    @Override
    public boolean isBinary() {
        return codec.isBinary();
    }

    private byte[] stamped(byte[] message) {
        try (var reader = JsonReader.open(message)) {
            if (!reader.isObject()) {
                return message;
            }
            boolean empty = true;
            while (reader.nextMember()) {
                if (reader.member().equals(MEMBER)) {
                    return message;
                }
                empty = false;
                reader.skip();
            }
            return stamped(message, empty);
        } catch (IOException noJson) {
            return message;
        }
    }

    /** With one more member behind the others. */
    private byte[] stamped(byte[] object, boolean empty) {
        int end = object.length - 1;
        while (object[end] != '}') {
            end--;
        }
        var stamped = new byte[end + (empty ? 0 : 1) + stamp.length];
        System.arraycopy(object, 0, stamped, 0, end);
        if (!empty) {
            stamped[end] = ',';
        }
        System.arraycopy(stamp, 0, stamped, stamped.length - stamp.length, stamp.length);
        return stamped;
    }
}
