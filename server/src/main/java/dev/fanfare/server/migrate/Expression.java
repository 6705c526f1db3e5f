package dev.fanfare.server.migrate;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Regular expressions of Go, told in the words of Java where these are others. */
final class Expression {
    /** What no text matches. */
    static final String NOTHING = "[^\\s\\S]";

    private static final Pattern POSIX = Pattern.compile("\\[:(\\^?)([a-z]+):]");

    private final String go;
    private final StringBuilder java = new StringBuilder();
    private int position;
    private boolean inClass;

    private Expression(String go) {
        this.go = go;
    }

    /** Null where Java has no words for it. */
    static @Nullable String java(String go) {
        try {
            var java = new Expression(go).told();
            var _ = Pattern.compile(java, Pattern.UNIX_LINES);
            return java;
        } catch (PatternSyntaxException none) {
            return null;
        }
    }

    /** The same for where a text is matched as a whole, and not only searched. */
    static @Nullable String matchingWhole(String go) {
        var java = java(go);
        return java == null ? null : "(?s:.*?)(?:" + java + ")(?s:.*)";
    }

    private String told() {
        if (go.contains("(?U") || go.contains("\\C")) {
            throw new PatternSyntaxException("no such thing", go, 0);
        }
        while (position < go.length()) {
            step();
        }
        return java.toString();
    }

    private void step() {
        char c = go.charAt(position);
        if (c == '\\' && position + 1 < go.length()) {
            take(2);
        } else if (inClass) {
            stepInClass(c);
        } else if (c == '[') {
            inClass = true;
            take(go.startsWith("[^", position) ? 2 : 1);
            if (go.startsWith("]", position)) {
                java.append('\\');
                take(1);
            }
        } else if (go.startsWith("(?P<", position)) {
            java.append("(?<");
            position += 4;
        } else {
            take(1);
        }
    }

    /** Where Java has classes within classes and intersections, Go has characters. */
    private void stepInClass(char c) {
        var posix = POSIX.matcher(go).region(position, go.length());
        if (posix.lookingAt()) {
            boolean negated = !posix.group(1).isEmpty();
            java.append(posix(posix.group(2), negated));
            position = posix.end();
            return;
        }
        if (c == '[' || c == '&') {
            java.append('\\');
        }
        inClass = c != ']';
        take(1);
    }

    private static String posix(String name, boolean negated) {
        var known =
                switch (name) {
                    case "word" -> negated ? "\\W" : "\\w";
                    case "ascii" -> "ASCII";
                    case "xdigit" -> "XDigit";
                    default -> Character.toUpperCase(name.charAt(0)) + name.substring(1);
                };
        return known.startsWith("\\") ? known : (negated ? "\\P{" : "\\p{") + known + "}";
    }

    private void take(int length) {
        java.append(go, position, position + length);
        position += length;
    }
}
