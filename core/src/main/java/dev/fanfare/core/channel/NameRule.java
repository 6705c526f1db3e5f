package dev.fanfare.core.channel;

import java.util.regex.Pattern;

/** What the free part of a channel's name has to look like. */
public sealed interface NameRule {
    NameRule ANY = new Any();

    boolean accepts(String name);

    /** As words that finish "expected: …". */
    String describe();

    record Any() implements NameRule {
        @Override
        public boolean accepts(String name) {
            return true;
        }

        @Override
        public String describe() {
            return "any name";
        }
    }

    /**
     * The expression is found in it, anywhere unless it says otherwise. No name ends with a line
     * feed: {@code $} would look past it.
     */
    record Matching(Pattern expression) implements NameRule {
        @Override
        public boolean accepts(String name) {
            return !name.endsWith("\n") && expression.matcher(name).find();
        }

        @Override
        public String describe() {
            return "a name in which " + expression + " is found";
        }
    }
}
