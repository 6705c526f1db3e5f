package dev.fanfare.server.cluster;

import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A pattern of names: {@code *} stands for any characters, also for none; {@code ?} for one; {@code
 * [abc]}, {@code [a-z]} and {@code [!abc]} for one of these, or of all others; {@code {a,b*}} for
 * one of these patterns; a backslash takes the next character as it is.
 *
 * <p>Matching follows all ways at once, as a set of places in the name, so that no pattern takes
 * longer than its length times the name's.
 *
 * @param text the pattern as it is written
 */
public record Glob(String text, List<Part> parts) {
    public Glob {
        parts = List.copyOf(parts);
    }

    /**
     * @throws IllegalArgumentException for a pattern that is not complete; its message finishes
     *     "expected: …"
     */
    public static Glob of(String text) {
        return new Glob(text, GlobReader.read(text));
    }

    /** All names that begin with this text. */
    public static Glob beginningWith(String text) {
        return of(text.replaceAll("[*?\\[\\]{},\\\\]", "\\\\$0") + "*");
    }

    /** Whether the whole name fits. */
    public boolean matches(String name) {
        var start = new BitSet(name.length() + 1);
        start.set(0);
        return ends(parts, name, start).get(name.length());
    }

    /** Where in the name one can be after these parts, having begun at one of the starts. */
    private static BitSet ends(List<Part> parts, String name, BitSet starts) {
        var places = starts;
        for (var part : parts) {
            places = part.ends(name, places);
        }
        return places;
    }

    /** A piece of a pattern. */
    public sealed interface Part {
        BitSet ends(String name, BitSet starts);
    }

    /** One character that passes. */
    record One(IntPredicate passes) implements Part {
        @Override
        public BitSet ends(String name, BitSet starts) {
            var ends = new BitSet(name.length() + 1);
            starts.stream()
                    .filter(start -> start < name.length() && passes.test(name.charAt(start)))
                    .forEach(start -> ends.set(start + 1));
            return ends;
        }
    }

    record Any() implements Part {
        @Override
        public BitSet ends(String name, BitSet starts) {
            var ends = new BitSet(name.length() + 1);
            if (!starts.isEmpty()) {
                ends.set(starts.nextSetBit(0), name.length() + 1);
            }
            return ends;
        }
    }

    /** One of several patterns. */
    record Choice(List<List<Part>> patterns) implements Part {
        public Choice {
            patterns = List.copyOf(patterns);
        }

        @Override
        public BitSet ends(String name, BitSet starts) {
            var ends = new BitSet(name.length() + 1);
            patterns.forEach(pattern -> ends.or(Glob.ends(pattern, name, starts)));
            return ends;
        }
    }
}
