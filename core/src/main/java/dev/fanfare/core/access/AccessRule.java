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
     * Who asks.
     *
     * @param subscribed whether they are subscribed to the channel
     */
    record Asker(Identity identity, boolean subscribed) {
        /** Who is not subscribed. */
        public Asker(Identity identity) {
            this(identity, false);
        }
    }

    /**
     * @param variables of the channel's pattern, by name
     */
    boolean allows(Asker asker, Map<String, String> variables);

    /** As words that finish "expected: …". */
    String describe();

    record Nobody() implements AccessRule {
        @Override
        public boolean allows(Asker asker, Map<String, String> variables) {
            return false;
        }

        @Override
        public String describe() {
            return "nobody may";
        }
    }

    record Everyone() implements AccessRule {
        @Override
        public boolean allows(Asker asker, Map<String, String> variables) {
            return true;
        }

        @Override
        public String describe() {
            return "everyone may";
        }
    }

    record SignedIn() implements AccessRule {
        @Override
        public boolean allows(Asker asker, Map<String, String> variables) {
            return asker.identity().isSignedIn();
        }

        @Override
        public String describe() {
            return "a signed-in user";
        }
    }

    /** Whoever is subscribed to the channel. */
    record Subscriber() implements AccessRule {
        @Override
        public boolean allows(Asker asker, Map<String, String> variables) {
            return asker.subscribed();
        }

        @Override
        public String describe() {
            return "a subscriber of the channel";
        }
    }

    /** The user whose id stands in the channel's name. */
    record UserNamed(String variable) implements AccessRule {
        @Override
        public boolean allows(Asker asker, Map<String, String> variables) {
            return asker.identity().isSignedIn()
                    && asker.identity().user().equals(variables.get(variable));
        }

        @Override
        public String describe() {
            return "the user named in {" + variable + "}";
        }
    }

    /** Whose claim is, or as a list holds, this value. */
    record ClaimIs(String claim, String value) implements AccessRule {
        @Override
        public boolean allows(Asker asker, Map<String, String> variables) {
            return holds(asker.identity().claims().get(claim), value);
        }

        @Override
        public String describe() {
            return "a token whose claim " + claim + " is " + value;
        }
    }

    /** Whose claim is, or as a list holds, what stands in the channel's name. */
    record ClaimNames(String claim, String variable) implements AccessRule {
        @Override
        public boolean allows(Asker asker, Map<String, String> variables) {
            var value = variables.get(variable);
            return value != null && holds(asker.identity().claims().get(claim), value);
        }

        @Override
        public String describe() {
            return "a token whose claim " + claim + " names {" + variable + "}";
        }
    }

    /** One of the users with these ids. */
    record OneOf(List<String> users) implements AccessRule {
        public OneOf {
            users = List.copyOf(users);
        }

        @Override
        public boolean allows(Asker asker, Map<String, String> variables) {
            return users.contains(asker.identity().user());
        }

        @Override
        public String describe() {
            return "one of the users named after #";
        }
    }

    /** Whoever all of the rules allow. */
    record AllOf(List<AccessRule> rules) implements AccessRule {
        public AllOf {
            rules = List.copyOf(rules);
        }

        @Override
        public boolean allows(Asker asker, Map<String, String> variables) {
            return rules.stream().allMatch(rule -> rule.allows(asker, variables));
        }

        @Override
        public String describe() {
            return rules.stream()
                    .map(AccessRule::describe)
                    .collect(Collectors.joining(", and also "));
        }
    }

    /** Whoever one of the rules allows. */
    record AnyOf(List<AccessRule> rules) implements AccessRule {
        public AnyOf {
            rules = List.copyOf(rules);
        }

        @Override
        public boolean allows(Asker asker, Map<String, String> variables) {
            return rules.stream().anyMatch(rule -> rule.allows(asker, variables));
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
