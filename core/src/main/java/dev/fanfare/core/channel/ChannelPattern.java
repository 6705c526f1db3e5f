package dev.fanfare.core.channel;

import dev.fanfare.core.channel.PatternPart.Literal;
import dev.fanfare.core.channel.PatternPart.Variable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A family of channel names, like {@code post:{post_id}}: parts between colons, each a text or a
 * typed variable. {@code {name...}} takes the rest of a name, colons and all; a user id does so too
 * where it stands last.
 */
public final class ChannelPattern {
    private final String text;
    private final List<PatternPart> parts;
    private final String lastVariable;

    private ChannelPattern(String text, List<PatternPart> parts) {
        this.text = text;
        this.parts = parts;
        var names = variableNames();
        lastVariable = names.isEmpty() ? "" : names.getLast();
    }

    /**
     * @param types of all variables but {@code {name...}}, by name
     */
    public static ChannelPattern parse(String text, Map<String, VariableType> types)
            throws PatternException {
        return new ChannelPattern(text, new PatternReader(text, types).read());
    }

    /** In the order of the pattern. */
    public List<String> variableNames() {
        return parts.stream()
                .filter(Variable.class::isInstance)
                .map(part -> ((Variable) part).name())
                .toList();
    }

    /** The name of the variable that stands last; empty where there is none. */
    String lastVariable() {
        return lastVariable;
    }

    /** What the variables stand for in this name; null where the name is not of this family. */
    public @Nullable Map<String, String> match(String name) {
        var values = new HashMap<String, String>();
        return matches(0, name, 0, values) ? Map.copyOf(values) : null;
    }

    /** Whether the parts from {@code index} on take all of the name from {@code start} on. */
    private boolean matches(int index, String name, int start, Map<String, String> values) {
        if (index == parts.size()) {
            return start > name.length();
        }
        if (start > name.length()) {
            return false;
        }
        return switch (parts.get(index)) {
            case Literal(var literal) -> {
                int end = start + literal.length();
                yield partEnd(name, start) == end
                        && name.startsWith(literal, start)
                        && matches(index + 1, name, end + 1, values);
            }
            case Variable variable -> matchesVariable(variable, index, name, start, values);
        };
    }

    private boolean matchesVariable(
            Variable variable, int index, String name, int start, Map<String, String> values) {
        boolean last = index == parts.size() - 1;
        int end = last ? name.length() : partEnd(name, start);
        while (true) {
            var value = name.substring(start, end);
            if (variable.type().accepts(value) && matches(index + 1, name, end + 1, values)) {
                values.put(variable.name(), value);
                return true;
            }
            if (end == name.length() || !variable.type().spansColons()) {
                return false;
            }
            end = partEnd(name, end + 1);
        }
    }

    private static int partEnd(String name, int start) {
        int colon = name.indexOf(':', start);
        return colon < 0 ? name.length() : colon;
    }

    /** What every name of the family begins with: all up to the first variable. */
    String literalPrefix() {
        int variable = text.indexOf('{');
        return variable < 0 ? text : text.substring(0, variable);
    }

    boolean hasVariables() {
        return text.indexOf('{') >= 0;
    }

    /** Equal for patterns that nothing but the names of their variables tells apart. */
    public String shape() {
        return parts.stream().map(PatternPart::shape).collect(Collectors.joining(":"));
    }

    /** Orders from the most particular pattern to the most general one, read from the left. */
    static int bySpecificity(ChannelPattern a, ChannelPattern b) {
        int common = Math.min(a.parts.size(), b.parts.size());
        for (int i = 0; i < common; i++) {
            int order = PatternPart.bySpecificity(a.parts.get(i), b.parts.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(b.parts.size(), a.parts.size());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChannelPattern that
                && text.equals(that.text)
                && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
