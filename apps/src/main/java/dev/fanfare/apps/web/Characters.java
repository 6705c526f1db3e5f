package dev.fanfare.apps.web;

/** What is text: databases and other programs do not keep everything that a String can hold. */
public final class Characters {
    /** As words that finish "expected: …". */
    public static final String EXPECTED = "Unicode text without U+0000 and halves of characters";

    private Characters() {}

    public static boolean areText(String characters) {
        return characters
                .codePoints()
                .noneMatch(point -> point == 0 || Character.getType(point) == Character.SURROGATE);
    }
}
