package dev.fanfare.protocols.json;

import java.util.Arrays;

/** Brings a JSON document onto one line. */
public final class OneLine {
    private OneLine() {}

    /**
     * The document itself when it has no line break, else without the white space between its
     * tokens.
     */
    public static byte[] of(byte[] json) {
        for (byte character : json) {
            if (character == '\n' || character == '\r') {
                return compact(json);
            }
        }
        return json;
    }

    /** The document without the white space between its tokens. */
    public static byte[] compact(byte[] json) {
        var compact = new byte[json.length];
        int size = 0;
        boolean inString = false;
        boolean escaped = false;
        for (byte character : json) {
            if (inString || !isWhiteSpace(character)) {
                compact[size++] = character;
            }
            inString ^= character == '"' && !escaped;
            escaped = character == '\\' && !escaped;
        }
        return Arrays.copyOf(compact, size);
    }

    private static boolean isWhiteSpace(byte character) {
        return character == ' ' || character == '\n' || character == '\r' || character == '\t';
    }
}
