package dev.fanfare.protocols.ably;

import dev.fanfare.protocols.json.JsonReader;
import dev.fanfare.protocols.json.JsonTree;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The two forms: one set of words ({@link OutgoingWriter}, {@link IncomingReader}) over both. */
public enum Formats implements Format {
    JSON("application/json") {
        @Override
        public @Nullable Object readTree(byte[] bytes) throws Unreadable {
            try {
                return JsonTree.of(bytes);
            } catch (IOException malformed) {
                throw new Unreadable(JsonReader.malformed("JSON", malformed).message());
            }
        }

        @Override
        DocumentWriter writer(int capacity) {
            return new JsonDocumentWriter(capacity);
        }
    },

    MSGPACK("application/x-msgpack") {
        @Override
        public @Nullable Object readTree(byte[] bytes) throws Unreadable {
            return MsgpackReader.read(bytes);
        }

        @Override
        DocumentWriter writer(int capacity) {
            return new MsgpackWriter(capacity);
        }
    };

    private static final int USUAL = 256;

    private final String mediaType;

    Formats(String mediaType) {
        this.mediaType = mediaType;
    }

    /**
     * @param capacity how many bytes there is room for before the writer must grow
     */
    abstract DocumentWriter writer(int capacity);

    @Override
    public String mediaType() {
        return mediaType;
    }

    @Override
    public boolean isBinary() {
        return this == MSGPACK;
    }

    @Override
    public List<Incoming> read(byte[] bytes) throws Unreadable {
        return IncomingReader.read(readTree(bytes));
    }

    @Override
    public byte[] write(Outgoing outgoing) {
        var out = writer(USUAL);
        new OutgoingWriter(out).write(outgoing);
        return out.toBytes();
    }

    @Override
    public byte[] writeList(List<byte[]> documents) {
        var out = writer(documents.stream().mapToInt(each -> each.length + 1).sum() + 2);
        out.beginArray();
        documents.forEach(out::raw);
        return out.endArray().toBytes();
    }

    @Override
    public List<WireMessage> readMessages(byte[] bytes) throws Unreadable {
        return MessageReader.messages(readTree(bytes));
    }

    @Override
    public byte[] writeTree(@Nullable Object tree) {
        var out = writer(USUAL);
        new WireWriter(out).tree(tree);
        return out.toBytes();
    }
}
