package dev.fanfare.core.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** What a publisher sent, as bytes that nobody changes, and what those bytes are. */
public final class Payload {
    /** What the bytes of a payload are. */
    public enum Format {
        /** One JSON document in UTF-8. */
        JSON,
        /** Text in UTF-8. */
        TEXT,
        BINARY
    }

    /** Nothing at all, not even an empty text. */
    public static final Payload NONE = new Payload(new byte[0], Format.BINARY);

    private final byte[] bytes;
    private final Format format;
    private final Attributes attributes;

    private Payload(byte[] bytes, Format format) {
        this(bytes, format, Attributes.NONE);
    }

    private Payload(byte[] bytes, Format format, Attributes attributes) {
        this.bytes = bytes;
        this.format = format;
        this.attributes = attributes;
    }

    /** Takes the array over: the caller must not change it afterwards. */
    public static Payload of(byte[] bytes, Format format) {
        return new Payload(bytes, format);
    }

    public static Payload json(String text) {
        return new Payload(text.getBytes(UTF_8), Format.JSON);
    }

    /** The bytes themselves, not a copy: read only. */
    public byte[] bytes() {
        return bytes;
    }

    public Format format() {
        return format;
    }

    public Attributes attributes() {
        return attributes;
    }

    /** The same bytes with these. */
    public Payload with(Attributes others) {
        return new Payload(bytes, format, others);
    }

    /** Whether there is not a single byte. */
    public boolean isEmpty() {
        return bytes.length == 0;
    }

    public int size() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload that
                && format == that.format
                && attributes.equals(that.attributes)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return format == Format.BINARY ? bytes.length + " bytes" : new String(bytes, UTF_8);
    }
}
