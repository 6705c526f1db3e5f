package dev.fanfare.server.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value in a configuration file, and where it stands. Aliases, tags and types are not among it.
 */
sealed interface Yaml {
    Origin origin();

    /** As messages show it. */
    String describe();

    /**
     * @param plain written without quotes
     */
    record Scalar(String text, boolean plain, Origin origin) implements Yaml {
        @Override
        public String describe() {
            return text.isEmpty() ? "nothing" : text;
        }
    }

    record Items(List<Yaml> items, Origin origin) implements Yaml {
        @Override
        public String describe() {
            return "a list";
        }
    }

    /**
     * @param members by key, in the order of the file
     */
    record Members(Map<String, Member> members, Origin origin) implements Yaml {
        @Override
        public String describe() {
            return "a group of keys";
        }

        /** Without all keys but these. */
        Members only(String... keys) {
            var kept = new LinkedHashMap<>(members);
            kept.keySet().retainAll(List.of(keys));
            return new Members(kept, origin);
        }
    }

    /**
     * @param origin of the key
     */
    record Member(Origin origin, Yaml value) {}
}
