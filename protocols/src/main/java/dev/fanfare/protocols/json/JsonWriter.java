package dev.fanfare.protocols.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Writes one JSON document in UTF-8, without white space. Commas come by themselves; that begins
 * and ends match is the caller's care. For one thread.
 */
public final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(ISO_8859_1);

    private byte[] bytes;
    private int size;

    /**
     * @param capacity how many bytes there is room for before the writer must grow
     */
    public JsonWriter(int capacity) {
        bytes = new byte[capacity];
    }

    public JsonWriter beginObject() {
        return begin('{');
    }

    public JsonWriter endObject() {
        return put('}');
    }

    public JsonWriter beginArray() {
        return begin('[');
    }

    public JsonWriter endArray() {
        return put(']');
    }

    /** The name of a member, its value comes next. */
    public JsonWriter member(String name) {
        return string(name).put(':');
    }

    public JsonWriter member(String name, String value) {
        return member(name).string(value);
    }

    public JsonWriter member(String name, long value) {
        return member(name).number(value);
    }

    public JsonWriter member(String name, boolean value) {
        return member(name).bool(value);
    }

    public JsonWriter string(String text) {
        return string(text.getBytes(UTF_8));
    }

    public JsonWriter string(byte[] utf8) {
        begin('"');
        ensure(utf8.length + 1);
        for (byte character : utf8) {
            if (character >= 0 && (character < ' ' || character == '"' || character == '\\')) {
                escape(character);
            } else {
                put(character);
            }
        }
        return put('"');
    }

    public JsonWriter number(long number) {
        return raw(Long.toString(number).getBytes(ISO_8859_1));
    }

    public JsonWriter bool(boolean value) {
        return raw((value ? "true" : "false").getBytes(ISO_8859_1));
    }

    /** A value that is JSON already. */
    public JsonWriter raw(byte[] json) {
        separate();
        ensure(json.length);
        System.arraycopy(json, 0, bytes, size, json.length);
        size += json.length;
        return this;
    }

    public byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private JsonWriter begin(char bracket) {
        separate();
        return put(bracket);
    }

    /** The last byte tells whether a value precedes: no value ends like this. */
    private void separate() {
        if (size == 0) {
            return;
        }
        byte last = bytes[size - 1];
        if (last != '{' && last != '[' && last != ':') {
            put(',');
        }
    }

    /** What RFC 8259, section 7, wants escaped. */
    private void escape(byte character) {
        put('\\');
        switch (character) {
            case '"', '\\' -> put(character);
            case '\n' -> put('n');
            case '\r' -> put('r');
            case '\t' -> put('t');
            default ->
                    put('u').put('0').put('0').put(HEX[character >> 4]).put(HEX[character & 0xF]);
        }
    }

    private JsonWriter put(int character) {
        ensure(1);
        bytes[size++] = (byte) character;
        return this;
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }
}
