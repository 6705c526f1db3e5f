package dev.fanfare.protocols.centrifuge;

import dev.fanfare.core.model.Payload;
import dev.fanfare.core.protocol.Unsayable;
import dev.fanfare.protocols.delta.Fossil;
import dev.fanfare.protocols.json.JsonWriter;
import dev.fanfare.protocols.json.OneLine;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages as JSON objects of one line. A payload of JSON is embedded as it is, a text is a string.
 */
final class JsonMessageWriter implements MessageWriter {
    private final JsonWriter writer;

    JsonMessageWriter(int capacity) {
        writer = new JsonWriter(capacity).beginObject();
    }

    @Override
    public void text(Field field, String value) {
        if (!value.isEmpty() || field.always()) {
            writer.member(field.name(), value);
        }
    }

    @Override
    public void number(Field field, long value) {
        if (value != 0 || field.always()) {
            writer.member(field.name(), value);
        }
    }

    @Override
    public void flag(Field field, boolean value) {
        if (value) {
            writer.member(field.name(), true);
        }
    }

    @Override
    public void payload(Field field, Payload value) {
        writer.member(field.name());
        switch (value.format()) {
            case JSON -> writer.raw(OneLine.of(value.bytes()));
            case TEXT -> writer.string(value.bytes());
            case BINARY -> throw new Unsayable("bytes that are no JSON");
        }
    }

    @Override
    public void info(Field field, Payload value) {
        if (value.format() != Payload.Format.BINARY) {
            payload(field, value);
        }
    }

    /** Whole or not, it is a text. */
    @Override
    public boolean change(Field field, Payload value, @Nullable Payload base) {
        var whole = document(value);
        var change = base == null ? whole : Fossil.textDelta(document(base), whole);
        boolean shorter = change.length < whole.length;
        writer.member(field.name()).string(shorter ? change : whole);
        return shorter;
    }

    /** The payload as one JSON value. */
    private static byte[] document(Payload payload) {
        return switch (payload.format()) {
            case JSON -> payload.bytes();
            case TEXT -> string(payload.bytes());
            case BINARY -> throw new Unsayable("bytes that are no JSON");
        };
    }

    private static byte[] string(byte[] text) {
        return new JsonWriter(text.length + 2).string(text).toBytes();
    }

    @Override
    public void message(Field field, Runnable body) {
        writer.member(field.name()).beginObject();
        body.run();
        writer.endObject();
    }

    @Override
    public void list(Field field, Runnable items) {
        writer.member(field.name()).beginArray();
        items.run();
        writer.endArray();
    }

    @Override
    public void item(Field list, Runnable body) {
        writer.beginObject();
        body.run();
        writer.endObject();
    }

    @Override
    public void map(Field field, Runnable entries) {
        message(field, entries);
    }

    @Override
    public void entry(Field map, String key, Runnable body) {
        writer.member(key).beginObject();
        body.run();
        writer.endObject();
    }

    @Override
    public void texts(Field field, Map<String, String> texts) {
        if (!texts.isEmpty()) {
            message(field, () -> texts.forEach(writer::member));
        }
    }

    @Override
    public byte[] toBytes() {
        return writer.endObject().toBytes();
    }
}
