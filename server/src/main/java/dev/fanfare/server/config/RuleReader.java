package dev.fanfare.server.config;

import dev.fanfare.core.access.AccessRule;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads who may do something: {@code signed-in}, {@code user {id}}, several of these with {@code
 * and} between them, or a list of such rules.
 */
final class RuleReader {
    private static final Pattern USER = Pattern.compile("user \\{(\\w+)}");
    private static final Pattern CLAIM_IS = Pattern.compile("claim (\\S+) is (\\S.*)");
    private static final Pattern CLAIM_NAMES = Pattern.compile("claim (\\S+) names \\{(\\w+)}");

    private static final String AND = " and ";

    private final List<String> variables;
    private final boolean ofChannel;

    private RuleReader(List<String> variables, boolean ofChannel) {
        this.variables = variables;
        this.ofChannel = ofChannel;
    }

    /** Of rules about connections. */
    static RuleReader ofEndpoint() {
        return new RuleReader(List.of(), false);
    }

    /**
     * Of rules about channels.
     *
     * @param variables that a rule may speak of
     */
    static RuleReader ofChannel(List<String> variables) {
        return new RuleReader(variables, true);
    }

    /** The rule under a key; {@code otherwise} where it is missing or wrong. */
    AccessRule read(Fields fields, String key, AccessRule otherwise) {
        var value = fields.find(key);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof Yaml.Items(var items, _)) || items.isEmpty()) {
            var rule = rule(value);
            return rule == null ? refuse(fields, key, value, otherwise) : rule;
        }
        var rules = new ArrayList<AccessRule>();
        for (var item : items) {
            var rule = rule(item);
            rules.add(rule == null ? refuse(fields, key, item, otherwise) : rule);
        }
        return new AccessRule.AnyOf(rules);
    }

    private AccessRule refuse(Fields fields, String key, Yaml value, AccessRule otherwise) {
        fields.refuse(key, value, expected(), "signed-in");
        return otherwise;
    }

    private String expected() {
        var words = new ArrayList<>(List.of("nobody", "everyone", "signed-in"));
        if (ofChannel) {
            words.add("subscriber");
        }
        variables.forEach(name -> words.add("user {" + name + "}"));
        words.add("claim NAME is VALUE");
        variables.forEach(name -> words.add("claim NAME names {" + name + "}"));
        return String.join(", ", words) + ", several joined by and, or a list of these";
    }

    private @Nullable AccessRule rule(Yaml value) {
        return value instanceof Yaml.Scalar(var text, _, _) ? rule(text) : null;
    }

    private @Nullable AccessRule rule(String text) {
        return switch (text) {
            case "nobody" -> AccessRule.NOBODY;
            case "everyone" -> AccessRule.EVERYONE;
            case "signed-in" -> AccessRule.SIGNED_IN;
            case "subscriber" -> ofChannel ? new AccessRule.Subscriber() : null;
            default -> {
                var all = allOf(text);
                yield all == null ? ruleWithNames(text) : all;
            }
        };
    }

    /** Null where there are no rules around an "and", which then belongs to a claim's value. */
    private @Nullable AccessRule allOf(String text) {
        for (int and = text.lastIndexOf(AND); and > 0; and = text.lastIndexOf(AND, and - 1)) {
            var last = rule(text.substring(and + AND.length()));
            var others = last == null ? null : rule(text.substring(0, and));
            if (last != null && others != null) {
                return new AccessRule.AllOf(Stream.concat(parts(others), Stream.of(last)).toList());
            }
        }
        return null;
    }

    private static Stream<AccessRule> parts(AccessRule rule) {
        return rule instanceof AccessRule.AllOf(var rules) ? rules.stream() : Stream.of(rule);
    }

    private @Nullable AccessRule ruleWithNames(String text) {
        var user = USER.matcher(text);
        if (user.matches() && variables.contains(user.group(1))) {
            return new AccessRule.UserNamed(user.group(1));
        }
        var names = CLAIM_NAMES.matcher(text);
        if (names.matches()) {
            return variables.contains(names.group(2))
                    ? new AccessRule.ClaimNames(names.group(1), names.group(2))
                    : null;
        }
        var is = CLAIM_IS.matcher(text);
        return is.matches() ? new AccessRule.ClaimIs(is.group(1), is.group(2)) : null;
    }
}
