package dev.fanfare.protocols.centrifuge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.core.model.Payload;
import dev.fanfare.protocols.delta.Fossil;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages in Protobuf, each behind its length. */
final class ProtobufMessageWriter implements MessageWriter {
    private static final Field KEY = new Field(1, "key", true);
    private static final Field VALUE = new Field(2, "value", true);
    private static final int VARINT = 0;
    private static final int DELIMITED = 2;

    private ByteArrayOutputStream bytes;

    ProtobufMessageWriter(int capacity) {
        bytes = new ByteArrayOutputStream(capacity);
    }

    @Override
    public void text(Field field, String value) {
        if (!value.isEmpty()) {
            delimited(field, value.getBytes(UTF_8));
        }
    }

    @Override
    public void number(Field field, long value) {
        if (value != 0) {
            tag(field, VARINT);
            varint(value);
        }
    }

    @Override
    public void flag(Field field, boolean value) {
        number(field, value ? 1 : 0);
    }

    @Override
    public void info(Field field, Payload value) {
        payload(field, value);
    }

    @Override
    public void payload(Field field, Payload value) {
        if (value.size() > 0) {
            delimited(field, value.bytes());
        }
    }

    @Override
    public boolean change(Field field, Payload value, @Nullable Payload base) {
        var whole = value.bytes();
        var change = base == null ? whole : Fossil.delta(base.bytes(), whole);
        boolean shorter = change.length < whole.length;
        delimited(field, shorter ? change : whole);
        return shorter;
    }

    @Override
    public void message(Field field, Runnable body) {
        var outer = bytes;
        bytes = new ByteArrayOutputStream();
        body.run();
        var inner = bytes;
        bytes = outer;
        delimited(field, inner.toByteArray());
    }

    @Override
    public void list(Field field, Runnable items) {
        items.run();
    }

    @Override
    public void item(Field list, Runnable body) {
        message(list, body);
    }

    @Override
    public void map(Field field, Runnable entries) {
        entries.run();
    }

    @Override
    public void entry(Field map, String key, Runnable body) {
        message(
                map,
                () -> {
                    text(KEY, key);
                    message(VALUE, body);
                });
    }

    @Override
    public void texts(Field field, Map<String, String> texts) {
        texts.forEach(
                (key, value) ->
                        message(
                                field,
                                () -> {
                                    text(KEY, key);
                                    text(VALUE, value);
                                }));
    }

    @Override
    public byte[] toBytes() {
        var message = bytes;
        bytes = new ByteArrayOutputStream(message.size() + 3);
        varint(message.size());
        bytes.writeBytes(message.toByteArray());
        return bytes.toByteArray();
    }

    private void delimited(Field field, byte[] content) {
        tag(field, DELIMITED);
        varint(content.length);
        bytes.writeBytes(content);
    }

    private void tag(Field field, int wireType) {
        varint(((long) field.number() << 3) | wireType);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }
}
