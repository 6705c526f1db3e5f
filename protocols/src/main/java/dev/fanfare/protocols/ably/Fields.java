package dev.fanfare.protocols.ably;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of one object that came from outside, which are taken by name. What nobody asks for
 * may be anything.
 *
 * @param name what to call the object in what goes wrong
 */
record Fields(String name, Map<?, ?> members) {
    /** Up to here every whole number is a double of its own. */
    private static final double EXACT = 1L << 53;

    /**
     * @throws Unreadable where the tree is no object
     */
    static Fields of(String name, @Nullable Object tree) throws Unreadable {
        if (tree instanceof Map<?, ?> members) {
            return new Fields(name, members);
        }
        throw unreadable(name, tree, "an object");
    }

    @Nullable Object value(String member) {
        return members.get(member);
    }

    @Nullable String text(String member) throws Unreadable {
        return switch (value(member)) {
            case null -> null;
            case String text -> text;
            case Object other -> throw wrong(member, other, "a text");
        };
    }

    String text(String member, String absent) throws Unreadable {
        var text = text(member);
        return text == null ? absent : text;
    }

    /** A whole number, also one that came as a text or with a decimal point. */
    long number(String member, long absent) throws Unreadable {
        return switch (value(member)) {
            case null -> absent;
            case Long number -> number;
            case Double number when isWhole(number) -> number.longValue();
            case String text when text.matches("-?[0-9]{1,18}") -> Long.parseLong(text);
            case Object other -> throw wrong(member, other, "a whole number");
        };
    }

    long number(String member) throws Unreadable {
        if (value(member) == null) {
            throw wrong(member, null, "a whole number");
        }
        return number(member, 0);
    }

    List<?> list(String member) throws Unreadable {
        return switch (value(member)) {
            case null -> List.of();
            case List<?> list -> list;
            case Object other -> throw wrong(member, other, "an array");
        };
    }

    /** An object of texts; numbers and truth values are told as such. */
    Map<String, String> texts(String member) throws Unreadable {
        var tree = value(member);
        if (tree == null) {
            return Map.of();
        }
        var texts = new LinkedHashMap<String, String>();
        for (var entry : of(path(member), tree).members().entrySet()) {
            var value = entry.getValue();
            if (value instanceof Map || value instanceof List || value instanceof byte[]) {
                throw wrong(member, value, "texts");
            }
            if (value != null) {
                texts.put((String) entry.getKey(), scalar(value));
            }
        }
        return texts;
    }

    private static boolean isWhole(double number) {
        return number == Math.rint(number) && Math.abs(number) <= EXACT;
    }

    private static String scalar(Object value) {
        return value instanceof Double number && isWhole(number)
                ? Long.toString(number.longValue())
                : value.toString();
    }

    /** Says that a member is not what it should be. */
    Unreadable wrong(String member, @Nullable Object value, String expected) {
        return unreadable(path(member), value, expected);
    }

    private String path(String member) {
        return name.isEmpty() ? member : name + "." + member;
    }

    static Unreadable unreadable(String name, @Nullable Object value, String expected) {
        return new Unreadable(name + ": " + shown(value) + " (expected: " + expected + ")");
    }

    /** The value in what goes wrong, never long. */
    static String shown(@Nullable Object value) {
        return switch (value) {
            case null -> "nothing";
            case Map<?, ?> _ -> "an object";
            case List<?> _ -> "an array";
            case byte[] bytes -> bytes.length + " bytes";
            case String text when text.length() > 64 -> "a text of " + text.length();
            case String text -> '"' + text + '"';
            case Object other -> other.toString();
        };
    }
}
