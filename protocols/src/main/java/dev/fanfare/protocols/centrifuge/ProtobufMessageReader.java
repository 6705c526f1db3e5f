package dev.fanfare.protocols.centrifuge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.protocols.centrifuge.Incoming.Known;
import dev.fanfare.protocols.json.TypedPayload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Messages in Protobuf, of whose wire types only varints and delimited fields mean something. */
final class ProtobufMessageReader implements MessageReader {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int DELIMITED = 2;
    private static final int FIXED32 = 5;
    private static final int LONGEST_VARINT = 10;
    private static final int KEY = 1;
    private static final int VALUE = 2;

    private final byte[] bytes;
    private int position;
    private int end;
    private int tag;

    ProtobufMessageReader(byte[] bytes) {
        this.bytes = bytes;
        end = bytes.length;
    }

    boolean isAtEnd() {
        return position == end;
    }

    /** A message that its length precedes. */
    <T> T delimited(Body<T> body) throws IOException {
        int outer = end;
        end = endOfDelimited();
        var message = body.read(this);
        if (!isAtEnd()) {
            throw new IOException("message: more than was read (expected: its end)");
        }
        end = outer;
        return message;
    }

    @Override
    public <F extends Known> @Nullable F next(Fields<F> fields) throws IOException {
        while (nextTag()) {
            var field = fields.numbered(tag >>> 3);
            if (field != null) {
                return field;
            }
            skip();
        }
        return null;
    }

    @Override
    public String text() throws IOException {
        require(DELIMITED);
        int until = endOfDelimited();
        var text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, position, until - position));
        position = until;
        return text.toString();
    }

    @Override
    public long number() throws IOException {
        require(VARINT);
        return varint();
    }

    @Override
    public boolean flag() throws IOException {
        return number() != 0;
    }

    @Override
    public TypedPayload payload() throws IOException {
        return TypedPayload.of(octets());
    }

    @Override
    public byte[] octets() throws IOException {
        require(DELIMITED);
        int until = endOfDelimited();
        var content = Arrays.copyOfRange(bytes, position, until);
        position = until;
        return content;
    }

    @Override
    public <T> T message(Body<T> body) throws IOException {
        require(DELIMITED);
        return delimited(body);
    }

    /** A list in Protobuf is a field that comes several times. */
    @Override
    public void messages(Item item) throws IOException {
        message(
                reader -> {
                    item.read(reader);
                    return this;
                });
    }

    @Override
    public void texts(Consumer<String> text) throws IOException {
        text.accept(text());
    }

    /** A map in Protobuf is a repeated message of key and value; this is one of its entries. */
    @Override
    public void entries(Entry entry) throws IOException {
        message(
                reader -> {
                    entry(entry);
                    return this;
                });
    }

    private void entry(Entry entry) throws IOException {
        var key = "";
        while (nextTag()) {
            switch (tag >>> 3) {
                case KEY -> key = text();
                case VALUE -> {
                    var name = key;
                    message(
                            reader -> {
                                entry.read(name, reader);
                                return this;
                            });
                }
                default -> skip();
            }
        }
    }

    private boolean nextTag() throws IOException {
        if (isAtEnd()) {
            return false;
        }
        tag = (int) varint();
        return true;
    }

    private void skip() throws IOException {
        switch (tag & 7) {
            case VARINT -> varint();
            case FIXED64 -> advance(8);
            case DELIMITED -> position = endOfDelimited();
            case FIXED32 -> advance(4);
            default -> throw new IOException("field: a group (expected: none)");
        }
    }

    private void advance(int count) throws IOException {
        if (count > end - position) {
            throw new IOException("message: cut off (expected: " + count + " more bytes)");
        }
        position += count;
    }

    /** Reads the length here, and tells where what it counts ends. */
    private int endOfDelimited() throws IOException {
        long length = varint();
        if (length < 0 || length > end - position) {
            throw new IOException("length: " + length + " (expected: what is there)");
        }
        return position + (int) length;
    }

    private long varint() throws IOException {
        long value = 0;
        for (int index = 0; index < LONGEST_VARINT; index++) {
            advance(1);
            byte part = bytes[position - 1];
            value |= (part & 0x7FL) << (7 * index);
            if (part >= 0) {
                return value;
            }
        }
        throw new IOException("varint: longer (expected: at most 10 bytes)");
    }

    private void require(int wireType) throws IOException {
        if ((tag & 7) != wireType) {
            throw new IOException("wire type: " + (tag & 7) + " (expected: " + wireType + ")");
        }
    }
}
