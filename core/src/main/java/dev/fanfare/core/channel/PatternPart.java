package dev.fanfare.core.channel;

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
}
