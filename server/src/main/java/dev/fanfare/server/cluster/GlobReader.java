package dev.fanfare.server.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Reads a {@link Glob}, front to back. Made for one. */
final class GlobReader {
    private static final int DEEPEST = 10;

    private final String pattern;
    private int next;
    private int depth;

    private GlobReader(String pattern) {
        this.pattern = pattern;
    }

    /** All its parts, as {@link Glob#of} wants them. */
    static List<Glob.Part> read(String pattern) {
        return new GlobReader(pattern).parts();
    }

    /** Up to the end, or within braces to what ends one of their patterns. */
    private List<Glob.Part> parts() {
        var parts = new ArrayList<Glob.Part>();
        while (!isAtEnd() && !(depth > 0 && (peek() == ',' || peek() == '}'))) {
            parts.add(part());
        }
        return parts;
    }

    private Glob.Part part() {
        char first = take();
        return switch (first) {
            case '*' -> new Glob.Any();
            case '?' -> new Glob.One(each -> true);
            case '[' -> oneOf();
            case '{' -> choice();
            case '\\' -> literal(take("a character after the backslash"));
            default -> literal(first);
        };
    }

    private static Glob.Part literal(char character) {
        return new Glob.One(each -> each == character);
    }

    private Glob.Part oneOf() {
        boolean others = !isAtEnd() && peek() == '!';
        if (others) {
            take();
        }
        IntPredicate passes = each -> false;
        char member = take("a ] that ends what [ begins");
        do {
            passes = passes.or(member(member));
            member = take("a ] that ends what [ begins");
        } while (member != ']');
        return new Glob.One(others ? passes.negate() : passes);
    }

    /** A character, or all from it to another one. */
    private IntPredicate member(char written) {
        char from = written == '\\' ? take("a character after the backslash") : written;
        if (next + 1 >= pattern.length() || peek() != '-' || pattern.charAt(next + 1) == ']') {
            return each -> each == from;
        }
        take();
        char to = take();
        return each -> each >= from && each <= to;
    }

    private Glob.Part choice() {
        if (++depth > DEEPEST) {
            throw new IllegalArgumentException("at most " + DEEPEST + " braces in each other");
        }
        var patterns = new ArrayList<List<Glob.Part>>();
        do {
            patterns.add(parts());
        } while (take("a } that ends what { begins") == ',');
        depth--;
        return new Glob.Choice(patterns);
    }

    private boolean isAtEnd() {
        return next == pattern.length();
    }

    private char peek() {
        return pattern.charAt(next);
    }

    private char take() {
        return pattern.charAt(next++);
    }

    private char take(String expected) {
        if (isAtEnd()) {
            throw new IllegalArgumentException(expected);
        }
        return take();
    }
}
