package dev.fanfare.server.config;

import dev.fanfare.core.access.AccessRule;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads who may do something: {@code signed-in}, {@code user {id}}, or a list of such rules. */
final class RuleReader {
    private static final Pattern USER = Pattern.compile("user \\{(\\w+)}");
    private static final Pattern CLAIM_IS = Pattern.compile("claim (\\S+) is (\\S.*)");
    private static final Pattern CLAIM_NAMES = Pattern.compile("claim (\\S+) names \\{(\\w+)}");

    private final List<String> variables;

    /**
     * @param variables that a rule may speak of
     */
    RuleReader(List<String> variables) {
        this.variables = variables;
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
        variables.forEach(name -> words.add("user {" + name + "}"));
        words.add("claim NAME is VALUE");
        variables.forEach(name -> words.add("claim NAME names {" + name + "}"));
        return String.join(", ", words) + ", or a list of these";
    }

    private @Nullable AccessRule rule(Yaml value) {
        if (!(value instanceof Yaml.Scalar scalar)) {
            return null;
        }
        return switch (scalar.text()) {
            case "nobody" -> AccessRule.NOBODY;
            case "everyone" -> AccessRule.EVERYONE;
            case "signed-in" -> AccessRule.SIGNED_IN;
            default -> ruleWithNames(scalar.text());
        };
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
