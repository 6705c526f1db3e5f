package dev.fanfare.protocols.centrifuge;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.fanfare.core.model.Payload;
import dev.fanfare.protocols.centrifuge.Incoming.Known;
import dev.fanfare.protocols.json.JsonReader;
import dev.fanfare.protocols.json.TypedPayload;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Messages in Protobuf, of which only varints and length-delimited fields are used. */
final class ProtobufMessageReader implements MessageReader {
    private static final int KEY = 1;
    private static final int VALUE = 2;

    private final CodedInputStream input;
    private int tag;

    ProtobufMessageReader(CodedInputStream input) {
        this.input = input;
    }

    @Override
    public <F extends Known> @Nullable F next(Fields<F> fields) throws IOException {
        while ((tag = input.readTag()) != 0) {
            var field = fields.numbered(WireFormat.getTagFieldNumber(tag));
            if (field != null) {
                return field;
            }
            if (!input.skipField(tag)) {
                throw new IOException("message: the end of a group (expected: a field)");
            }
        }
        return null;
    }

    @Override
    public String text() throws IOException {
        require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        return input.readStringRequireUtf8();
    }

    @Override
    public long number() throws IOException {
        require(WireFormat.WIRETYPE_VARINT);
        return input.readInt64();
    }

    @Override
    public boolean flag() throws IOException {
        return number() != 0;
    }

    @Override
    public TypedPayload payload() throws IOException {
        require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        var bytes = input.readByteArray();
        try (var reader = JsonReader.open(bytes)) {
            var payload = reader.payload();
            reader.end();
            return payload;
        } catch (IOException noJson) {
            return new TypedPayload(Payload.of(bytes, Payload.Format.BINARY), null);
        }
    }

    @Override
    public <T> T message(Body<T> body) throws IOException {
        require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        return delimited(body);
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

    /** A message that its length precedes. */
    <T> T delimited(Body<T> body) throws IOException {
        int outer = input.pushLimit(input.readRawVarint32());
        var message = body.read(this);
        if (!input.isAtEnd()) {
            throw new IOException("message: more than was read (expected: its end)");
        }
        input.popLimit(outer);
        return message;
    }

    private void entry(Entry entry) throws IOException {
        var key = "";
        while ((tag = input.readTag()) != 0) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case KEY -> key = text();
                case VALUE -> {
                    var name = key;
                    message(
                            reader -> {
                                entry.read(name, reader);
                                return this;
                            });
                }
                default -> input.skipField(tag);
            }
        }
    }

    private void require(int wireType) throws IOException {
        if (WireFormat.getTagWireType(tag) != wireType) {
            throw new IOException("field: wire type of " + tag + " (expected: " + wireType + ")");
        }
    }
}
