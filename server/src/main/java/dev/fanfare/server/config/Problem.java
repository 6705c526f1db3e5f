package dev.fanfare.server.config;

/**
 * One mistake in the configuration, with what a person needs to mend it.
 *
 * @param value as it was given, never a secret
 * @param expected words that finish "expected: …"
 * @param example something to paste instead; empty where the words say enough
 * @param origin where the value was given, as words that end the message; empty where it was not
 */
public record Problem(String key, String value, String expected, String example, String origin) {
    private static final int PRINTED = 200;

    public Problem {
        value = printable(value);
    }

    private static String printable(String value) {
        var line = value.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= PRINTED ? line : line.substring(0, PRINTED) + "…";
    }

    /**
     * {@code history.size: -5 (expected: 0 to 100000, for example history.size: 200) at a.yaml:14}.
     */
    public String message() {
        var forExample = example.isEmpty() ? "" : ", for example " + example;
        return key + ": " + value + " (expected: " + expected + forExample + ")" + origin;
    }
}
