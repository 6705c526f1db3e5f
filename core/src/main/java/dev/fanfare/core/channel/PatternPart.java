package dev.fanfare.core.channel;

import java.util.Map;

/** What stands between two colons of a channel pattern. */
sealed interface PatternPart {
    /** What two patterns that match the same names have in common here. */
    String shape();

    record Literal(String text) implements PatternPart {
        @Override
        public String shape() {
            return text;
        }
    }

    record Variable(String name, VariableType type) implements PatternPart {
        @Override
        public String shape() {
            return "{" + (type.spansColons() ? "" : type.word()) + "}";
        }
    }

    /**
     * Orders parts that stand in the same place: text before variables, exact types before open
     * ones.
     */
    static int bySpecificity(PatternPart a, PatternPart b) {
        if (a instanceof Variable(_, var typeA) && b instanceof Variable(_, var typeB)) {
            return typeA.compareTo(typeB);
        }
        return Boolean.compare(a instanceof Variable, b instanceof Variable);
    }

    /** Reads {@code post}, {@code {post_id}} or {@code {name...}}. */
    static PatternPart parse(String text, Map<String, VariableType> types) {
        if (!text.startsWith("{") || !text.endsWith("}")) {
            return literal(text);
        }
        var inner = text.substring(1, text.length() - 1);
        if (inner.endsWith("...")) {
            return rest(variableName(inner.substring(0, inner.length() - 3)), types);
        }
        var type = types.get(variableName(inner));
        if (type == null) {
            throw new IllegalArgumentException("variable: " + inner + " (expected: a type for it)");
        }
        return new Variable(inner, type);
    }

    private static Literal literal(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(
                    "part: \"\" (expected: text before and after each colon)");
        }
        if (text.contains("{") || text.contains("}") || text.contains("*")) {
            throw new IllegalArgumentException(
                    "part: "
                            + text
                            + " (expected: a variable alone between colons, like post:{post_id},"
                            + " and no *)");
        }
        return new Literal(text);
    }

    private static Variable rest(String name, Map<String, VariableType> types) {
        if (types.containsKey(name)) {
            throw new IllegalArgumentException(
                    "variable: " + name + "... (expected: no type, it takes the rest)");
        }
        return new Variable(name, VariableType.REST);
    }

    private static String variableName(String name) {
        boolean valid =
                !name.isEmpty() && name.chars().allMatch(c -> c == '_' || isLetterOrDigit(c));
        if (!valid) {
            throw new IllegalArgumentException(
                    "variable: " + name + " (expected: letters, digits and _)");
        }
        return name;
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
