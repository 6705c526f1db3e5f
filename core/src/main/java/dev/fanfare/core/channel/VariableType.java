package dev.fanfare.core.channel;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a variable in a channel's name may stand for. Types are exact, so that one thing has one
 * name: {@code 7} is a positive integer, {@code 07} is not. The order of the constants is the order
 * in which a name is tried.
 */
public enum VariableType {
    /** 1 to 2^63-1, in ASCII digits, without leading zeros. */
    POSITIVE_INTEGER("positive-integer", "an integer from 1 to 9223372036854775807"),
    /** In the canonical form of RFC 9562: 36 characters, lower case. */
    UUID("uuid", "a lower-case UUID"),
    SLUG("slug", "lower-case letters, digits and single hyphens between them"),
    SEGMENT("segment", "a text without : and *"),
    NAME("name", "a text without :"),
    /**
     * Any text: as the last variable it takes the rest, before that as little as the rest of the
     * pattern allows.
     */
    USER_ID("user-id", "a user's id: any text; at the end of a pattern it may hold :"),
    /**
     * What {@code {name...}} stands for, even nothing after a colon. It has no word of its own: the
     * dots say it.
     */
    REST("", "any text");

    private static final String LARGEST = String.valueOf(Long.MAX_VALUE);
    private static final int UUID_LENGTH = 36;

    private final String word;
    private final String description;

    VariableType(String word, String description) {
        this.word = word;
        this.description = description;
    }

    /** The type a catalogue calls by this word. */
    public static Optional<VariableType> named(String word) {
        return namedTypes().filter(type -> type.word.equals(word)).findFirst();
    }

    /** All types that a catalogue can name. */
    public static Stream<VariableType> namedTypes() {
        return Stream.of(values()).filter(type -> type != REST);
    }

    public String word() {
        return word;
    }

    /** As words that finish "expected: …". */
    public String describe() {
        return description;
    }

    public boolean accepts(String value) {
        return switch (this) {
            case POSITIVE_INTEGER -> isPositiveInteger(value);
            case UUID -> isUuid(value);
            case SLUG -> isSlug(value);
            case SEGMENT -> isSegment(value);
            case NAME -> !value.isEmpty() && value.indexOf(':') < 0;
            case USER_ID -> !value.isEmpty();
            case REST -> true;
        };
    }

    /** Whether values may hold the colons that separate all other parts of a name. */
    public boolean spansColons() {
        return this == USER_ID || this == REST;
    }

    private static boolean isPositiveInteger(String value) {
        if (value.isEmpty() || value.length() > LARGEST.length() || value.charAt(0) == '0') {
            return false;
        }
        return value.chars().allMatch(VariableType::isDigit)
                && (value.length() < LARGEST.length() || value.compareTo(LARGEST) <= 0);
    }

    private static boolean isUuid(String value) {
        if (value.length() != UUID_LENGTH) {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            if (hyphen ? value.charAt(i) != '-' : !isHexDigit(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSlug(String value) {
        return !value.isEmpty()
                && !value.startsWith("-")
                && !value.endsWith("-")
                && !value.contains("--")
                && value.chars().allMatch(c -> isDigit(c) || c == '-' || (c >= 'a' && c <= 'z'));
    }

    private static boolean isSegment(String value) {
        return !value.isEmpty() && value.indexOf(':') < 0 && value.indexOf('*') < 0;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHexDigit(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'f');
    }
}
