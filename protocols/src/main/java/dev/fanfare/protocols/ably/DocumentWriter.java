package dev.fanfare.protocols.ably;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Writes one document, front to back. Commas and counts come by themselves; that begins and ends
 * match is the caller's care. For one thread.
 */
interface DocumentWriter {
    DocumentWriter beginObject();

    DocumentWriter endObject();

    DocumentWriter beginArray();

    DocumentWriter endArray();

    /** The name of a member, its value comes next. */
    DocumentWriter member(String name);

    DocumentWriter text(byte[] utf8);

    DocumentWriter number(long number);

    /** What is no number of the format is null. */
    DocumentWriter number(double number);

    DocumentWriter bool(boolean value);

    DocumentWriter nothing();

    /** As they are where the format {@link #isBinary}, otherwise as base64 text. */
    DocumentWriter bytes(byte[] bytes);

    /** Whether this is not JSON. */
    boolean isBinary();

    /** A value that is of this format already. */
    DocumentWriter raw(byte[] document);

    byte[] toBytes();

    default DocumentWriter text(String text) {
        return text(text.getBytes(UTF_8));
    }

    default DocumentWriter member(String name, String text) {
        return member(name).text(text);
    }

    default DocumentWriter member(String name, long number) {
        return member(name).number(number);
    }
}
