package dev.fanfare.core.access;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who may do something on a channel. A rule speaks of the identity and of the variables that the
 * channel's name fills in; it is evaluated without any look-up.
 */
public sealed interface AccessRule {
    AccessRule NOBODY = new Nobody();
    AccessRule EVERYONE = new Everyone();
    AccessRule SIGNED_IN = new SignedIn();

    /**
     * @param variables of the channel's pattern, by name
     */
    boolean allows(Identity identity, Map<String, String> variables);

    /** As words that finish "expected: …". */
    String describe();

    record Nobody() implements AccessRule {
        @Override
        public boolean allows(Identity identity, Map<String, String> variables) {
            return false;
        }

        @Override
        public String describe() {
            return "nobody may";
        }
    }

    record Everyone() implements AccessRule {
        @Override
        public boolean allows(Identity identity, Map<String, String> variables) {
            return true;
        }

        @Override
        public String describe() {
            return "everyone may";
        }
    }

    record SignedIn() implements AccessRule {
        @Override
        public boolean allows(Identity identity, Map<String, String> variables) {
            return identity.isSignedIn();
        }

        @Override
        public String describe() {
            return "a signed-in user";
        }
    }

    /** The user whose id stands in the channel's name. */
    record UserNamed(String variable) implements AccessRule {
        @Override
        public boolean allows(Identity identity, Map<String, String> variables) {
            return identity.isSignedIn() && identity.user().equals(variables.get(variable));
        }

        @Override
        public String describe() {
            return "the user named in {" + variable + "}";
        }
    }

    /** Whose claim is, or as a list holds, this value. */
    record ClaimIs(String claim, String value) implements AccessRule {
        @Override
        public boolean allows(Identity identity, Map<String, String> variables) {
            return holds(identity.claims().get(claim), value);
        }

        @Override
        public String describe() {
            return "a token whose claim " + claim + " is " + value;
        }
    }

    /** Whose claim is, or as a list holds, what stands in the channel's name. */
    record ClaimNames(String claim, String variable) implements AccessRule {
        @Override
        public boolean allows(Identity identity, Map<String, String> variables) {
            var value = variables.get(variable);
            return value != null && holds(identity.claims().get(claim), value);
        }

        @Override
        public String describe() {
            return "a token whose claim " + claim + " names {" + variable + "}";
        }
    }

    /** Whoever one of the rules allows. */
    record AnyOf(List<AccessRule> rules) implements AccessRule {
        public AnyOf {
            rules = List.copyOf(rules);
        }

        @Override
        public boolean allows(Identity identity, Map<String, String> variables) {
            return rules.stream().anyMatch(rule -> rule.allows(identity, variables));
        }

        @Override
        public String describe() {
            return rules.stream().map(AccessRule::describe).collect(Collectors.joining(", or "));
        }
    }

    /** Ids in claims may be numbers: 7 and "7" name the same thing. */
    private static boolean holds(@Nullable Object claim, String value) {
        if (claim instanceof List<?> list) {
            return list.stream().anyMatch(item -> value.equals(String.valueOf(item)));
        }
        return claim != null && value.equals(String.valueOf(claim));
    }
}
