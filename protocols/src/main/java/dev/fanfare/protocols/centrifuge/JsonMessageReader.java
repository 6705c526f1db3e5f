package dev.fanfare.protocols.centrifuge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;

import dev.fanfare.protocols.centrifuge.Incoming.Known;
import dev.fanfare.protocols.json.JsonReader;
import dev.fanfare.protocols.json.TypedPayload;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Messages as JSON objects. A null is as good as an absent member. */
final class JsonMessageReader implements MessageReader {
    private final JsonReader reader;

    private JsonMessageReader(JsonReader reader) {
        this.reader = reader;
    }

    static <T> T read(byte[] document, Body<T> body) throws IOException {
        try (var reader = JsonReader.open(document)) {
            if (!reader.isObject()) {
                throw new IOException("message: no object (expected: a JSON object)");
            }
            var message = body.read(new JsonMessageReader(reader));
            reader.end();
            var fault = reader.takeFault();
            if (fault != null) {
                throw new IOException(fault.message());
            }
            return message;
        }
    }

    @Override
    public <F extends Known> @Nullable F next(Fields<F> fields) throws IOException {
        while (reader.nextMember()) {
            var field = fields.named(reader.member());
            if (field != null && !reader.isNull()) {
                return field;
            }
            reader.skip();
        }
        return null;
    }

    @Override
    public String text() throws IOException {
        return reader.text(reader.member());
    }

    @Override
    public long number() throws IOException {
        return reader.number(reader.member());
    }

    @Override
    public boolean flag() throws IOException {
        return reader.flag(reader.member());
    }

    @Override
    public TypedPayload payload() throws IOException {
        return reader.payload();
    }

    @Override
    public byte[] octets() throws IOException {
        return text().getBytes(UTF_8);
    }

    @Override
    public <T> T message(Body<T> body) throws IOException {
        requireObject();
        return body.read(this);
    }

    @Override
    public void messages(Item item) throws IOException {
        requireArray();
        while (reader.nextElement()) {
            requireObject();
            item.read(this);
        }
    }

    @Override
    public void texts(Consumer<String> text) throws IOException {
        requireArray();
        while (reader.nextElement()) {
            text.accept(reader.text("element"));
        }
    }

    @Override
    public void entries(Entry entry) throws IOException {
        requireObject();
        while (reader.nextMember()) {
            var key = reader.member();
            requireObject();
            entry.read(key, this);
        }
    }

    private void requireObject() throws IOException {
        if (!reader.isObject()) {
            throw new IOException(reader.wrong(place(), "an object").message());
        }
    }

    private void requireArray() throws IOException {
        if (!reader.isArray()) {
            throw new IOException(reader.wrong(place(), "a list").message());
        }
    }

    private String place() throws IOException {
        return requireNonNullElse(reader.member(), "element");
    }
}
