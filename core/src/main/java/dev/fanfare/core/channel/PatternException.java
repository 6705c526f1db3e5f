package dev.fanfare.core.channel;

/** A text that is no channel pattern. */
public final class PatternException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String expected;

    PatternException(String pattern, String expected) {
        super("pattern: " + pattern + " (expected: " + expected + ")");
        this.expected = expected;
    }

    /** As words that finish "expected: …". */
    public String expected() {
        return expected;
    }
}
