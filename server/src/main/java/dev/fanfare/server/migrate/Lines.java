package dev.fanfare.server.migrate;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.stream.Collectors;

/** The file that comes out, written from the first line to the last: YAML with comments. */
final class Lines {
    private static final String ITEM = "  - ";
    private static final String MEMBER = "    ";

    private final StringBuilder text = new StringBuilder();
    private String indent = "";

    /** A blank line, and what the next keys are about. */
    void section(String title) {
        indent = "";
        text.append('\n');
        comment(title);
    }

    void comment(String words) {
        for (var line : words.split("\n", -1)) {
            text.append(indent.equals(ITEM) ? "  " : indent).append("# ").append(line).append('\n');
        }
    }

    void put(String key, String value) {
        raw(key, scalar(value));
    }

    void put(String key, long value) {
        raw(key, Long.toString(value));
    }

    void put(String key, boolean value) {
        raw(key, Boolean.toString(value));
    }

    void put(String key, List<String> values) {
        raw(key, values.stream().map(Lines::quoted).collect(Collectors.joining(", ", "[", "]")));
    }

    /**
     * @param yaml as it is
     */
    void raw(String key, String yaml) {
        text.append(indent).append(key).append(": ").append(yaml).append('\n');
        if (indent.equals(ITEM)) {
            indent = MEMBER;
        }
    }

    /** A list of groups of keys; {@link #item} begins each. */
    void list(String key) {
        indent = "";
        text.append(key).append(":\n");
    }

    void item() {
        indent = ITEM;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private static String scalar(String value) {
        return value.matches("[A-Za-z0-9/][A-Za-z0-9/._-]*") ? value : quoted(value);
    }

    static String quoted(String value) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
    }
}
