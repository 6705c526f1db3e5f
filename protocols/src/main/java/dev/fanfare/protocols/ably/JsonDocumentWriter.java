package dev.fanfare.protocols.ably;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.fanfare.protocols.json.JsonWriter;
import java.util.Base64;

/** A document in JSON, without white space. */
final class JsonDocumentWriter implements DocumentWriter {
    private static final byte[] NULL = "null".getBytes(ISO_8859_1);

    /** Up to here every whole number is a double of its own, and is written as people do. */
    private static final double EXACT = 1L << 53;

    private final JsonWriter writer;

    JsonDocumentWriter(int capacity) {
        writer = new JsonWriter(capacity);
    }

    @Override
    public DocumentWriter beginObject() {
        writer.beginObject();
        return this;
    }

    @Override
    public DocumentWriter endObject() {
        writer.endObject();
        return this;
    }

    @Override
    public DocumentWriter beginArray() {
        writer.beginArray();
        return this;
    }

    @Override
    public DocumentWriter endArray() {
        writer.endArray();
        return this;
    }

    @Override
    public DocumentWriter member(String name) {
        writer.member(name);
        return this;
    }

    @Override
    public DocumentWriter text(byte[] utf8) {
        writer.string(utf8);
        return this;
    }

    @Override
    public DocumentWriter number(long number) {
        writer.number(number);
        return this;
    }

    @Override
    public DocumentWriter number(double number) {
        if (!Double.isFinite(number)) {
            return nothing();
        }
        if (Math.abs(number) <= EXACT && number == Math.rint(number)) {
            return number((long) number);
        }
        return raw(Double.toString(number).getBytes(ISO_8859_1));
    }

    @Override
    public DocumentWriter bool(boolean value) {
        writer.bool(value);
        return this;
    }

    @Override
    public DocumentWriter nothing() {
        return raw(NULL);
    }

    @Override
    public DocumentWriter bytes(byte[] bytes) {
        return text(Base64.getEncoder().encode(bytes));
    }

    @Override
    public boolean isBinary() {
        return false;
    }

    @Override
    public DocumentWriter raw(byte[] document) {
        writer.raw(document);
        return this;
    }

    @Override
    public byte[] toBytes() {
        return writer.toBytes();
    }
}
