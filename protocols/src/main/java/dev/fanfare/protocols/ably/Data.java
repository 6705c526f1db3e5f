package dev.fanfare.protocols.ably;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What a message carries: nothing, a text or bytes, and what was done to it before it was sent.
 *
 * @param bytes of a text: in UTF-8
 * @param encoding what a receiver has to undo, the last first: {@code json/utf-8/cipher}; empty:
 *     nothing. Never {@code base64}, unless what it names is none
 */
@SuppressWarnings("ArrayRecordComponent") // shared and read only, as a payload's bytes
public record Data(Form form, byte[] bytes, String encoding) {
    /** What the bytes are. */
    public enum Form {
        NONE,
        TEXT,
        BINARY
    }

    /** What a JSON document is encoded with. */
    public static final String JSON = "json";

    public static final Data NONE = new Data(Form.NONE, new byte[0], "");

    public static Data text(String text) {
        return new Data(Form.TEXT, text.getBytes(UTF_8), "");
    }

    public static Data json(byte[] document) {
        return new Data(Form.TEXT, document, JSON);
    }

    public static Data binary(byte[] bytes) {
        return new Data(Form.BINARY, bytes, "");
    }
}
