package dev.fanfare.core.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which publications a subscriber wants, by their tags. Who leaves one out still moves past its
 * position.
 */
public sealed interface TagsFilter {
    TagsFilter EVERYTHING = new Everything();

    boolean matches(Map<String, String> tags);

    record Everything() implements TagsFilter {
        @Override
        public boolean matches(Map<String, String> tags) {
            return true;
        }
    }

    record AllOf(List<TagsFilter> parts) implements TagsFilter {
        public AllOf {
            parts = some(parts);
        }

        @Override
        public boolean matches(Map<String, String> tags) {
            return parts.stream().allMatch(part -> part.matches(tags));
        }
    }

    record AnyOf(List<TagsFilter> parts) implements TagsFilter {
        public AnyOf {
            parts = some(parts);
        }

        @Override
        public boolean matches(Map<String, String> tags) {
            return parts.stream().anyMatch(part -> part.matches(tags));
        }
    }

    record Not(TagsFilter part) implements TagsFilter {
        @Override
        public boolean matches(Map<String, String> tags) {
            return !part.matches(tags);
        }
    }

    record Exists(String key) implements TagsFilter {
        public Exists {
            requireKey(key);
        }

        @Override
        public boolean matches(Map<String, String> tags) {
            return tags.containsKey(key);
        }
    }

    /** A tag that is not there counts as an empty one. */
    record In(String key, Set<String> values) implements TagsFilter {
        public In {
            requireKey(key);
            values = Set.copyOf(values);
        }

        @Override
        public boolean matches(Map<String, String> tags) {
            return values.contains(tags.getOrDefault(key, ""));
        }
    }

    /** A tag that is not there does not match. */
    record Text(String key, Relation relation, String value) implements TagsFilter {
        /** How the tag stands to the value. */
        public enum Relation {
            EQUALS,
            STARTS_WITH,
            ENDS_WITH,
            CONTAINS
        }

        public Text {
            requireKey(key);
        }

        @Override
        public boolean matches(Map<String, String> tags) {
            var tag = tags.get(key);
            return tag != null
                    && switch (relation) {
                        case EQUALS -> tag.equals(value);
                        case STARTS_WITH -> tag.startsWith(value);
                        case ENDS_WITH -> tag.endsWith(value);
                        case CONTAINS -> tag.contains(value);
                    };
        }
    }

    /** A tag, or a value, that is no decimal number does not match. */
    record Decimal(String key, Order order, String value) implements TagsFilter {
        private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,64}(\\.\\d{1,64})?");

        /** How the tag stands to the value. */
        public enum Order {
            LESS,
            AT_MOST,
            MORE,
            AT_LEAST
        }

        public Decimal {
            requireKey(key);
        }

        @Override
        public boolean matches(Map<String, String> tags) {
            var tag = tags.get(key);
            return tag != null && isDecimal(tag) && isDecimal(value) && matches(tag);
        }

        private boolean matches(String tag) {
            int sign = new BigDecimal(tag).compareTo(new BigDecimal(value));
            return switch (order) {
                case LESS -> sign < 0;
                case AT_MOST -> sign <= 0;
                case MORE -> sign > 0;
                case AT_LEAST -> sign >= 0;
            };
        }

        private static boolean isDecimal(String text) {
            return DECIMAL.matcher(text).matches();
        }
    }

    private static void requireKey(String key) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("key: nothing (expected: a tag's name)");
        }
    }

    private static List<TagsFilter> some(List<TagsFilter> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("parts: none (expected: one or more)");
        }
        return List.copyOf(parts);
    }
}
