package dev.fanfare.core.channel;

import java.util.regex.Pattern;

/** What the free part of a channel's name has to look like. */
public sealed interface NameRule {
    NameRule ANY = new Any();

    boolean accepts(String name);

    record Any() implements NameRule {
        @Override
        public boolean accepts(String name) {
            return true;
        }
    }

    /** The expression is found in it, anywhere unless it says otherwise. */
    record Matching(Pattern expression) implements NameRule {
        @Override
        public boolean accepts(String name) {
            return expression.matcher(name).find();
        }
    }
}
