package dev.fanfare.core.channel;

import dev.fanfare.core.channel.PatternPart.Literal;
import dev.fanfare.core.channel.PatternPart.Variable;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads one channel pattern, and refuses what would be none. */
final class PatternReader {
    private static final String DOTS = "...";

    private final String pattern;
    private final Map<String, VariableType> types;

    PatternReader(String pattern, Map<String, VariableType> types) {
        this.pattern = pattern;
        this.types = types;
    }

    List<PatternPart> read() {
        var parts = Stream.of(pattern.split(":", -1)).map(this::part).toList();
        var variables =
                parts.stream()
                        .filter(Variable.class::isInstance)
                        .map(Variable.class::cast)
                        .toList();
        requireOnce(variables);
        requireOneReading(parts.getLast(), variables);
        requireUsed(variables);
        return parts;
    }

    /** Reads {@code post}, {@code {post_id}} or {@code {name...}}. */
    private PatternPart part(String text) {
        if (!text.startsWith("{") || !text.endsWith("}")) {
            return literal(text);
        }
        var inner = text.substring(1, text.length() - 1);
        if (inner.endsWith(DOTS)) {
            return rest(variableName(inner.substring(0, inner.length() - DOTS.length())));
        }
        var type = types.get(variableName(inner));
        if (type == null) {
            throw refusal("a type for {" + inner + "}");
        }
        return new Variable(inner, type);
    }

    private Literal literal(String text) {
        if (text.isEmpty()) {
            throw refusal("text before and after each colon");
        }
        if (text.contains("{") || text.contains("}") || text.contains("*")) {
            throw refusal("text or one {variable} between colons and no *, unlike " + text);
        }
        return new Literal(text);
    }

    private Variable rest(String name) {
        if (types.containsKey(name)) {
            throw refusal("no type for {" + name + "...}, which takes any text");
        }
        return new Variable(name, VariableType.REST);
    }

    private String variableName(String name) {
        if (name.isEmpty() || !name.chars().allMatch(PatternReader::isNameCharacter)) {
            throw refusal("letters, digits and _ in {" + name + "}");
        }
        return name;
    }

    private static boolean isNameCharacter(int c) {
        return c == '_'
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9');
    }

    private void requireOnce(List<Variable> variables) {
        var seen = new HashSet<String>();
        for (var variable : variables) {
            if (!seen.add(variable.name())) {
                throw refusal("{" + variable.name() + "} once");
            }
        }
    }

    /** Two open variables before the end would make a name readable in too many ways. */
    private void requireOneReading(PatternPart last, List<Variable> variables) {
        var early =
                variables.stream()
                        .filter(variable -> variable.type().spansColons() && !variable.equals(last))
                        .toList();
        if (early.size() > 1) {
            throw refusal("at most one user-id before the end");
        }
        if (!early.isEmpty() && early.getFirst().type() == VariableType.REST) {
            throw refusal("{" + early.getFirst().name() + "...} at the end: it takes the rest");
        }
    }

    private void requireUsed(List<Variable> variables) {
        var names = variables.stream().map(Variable::name).toList();
        for (var name : types.keySet()) {
            if (!names.contains(name)) {
                throw refusal("{" + name + "} in it, or no type for it");
            }
        }
    }

    private PatternException refusal(String expected) {
        return new PatternException(pattern, expected);
    }
}
