package dev.fanfare.server.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One group of keys in a configuration file, read key by key. Then what nobody read is refused. */
final class Fields {
    private final String prefix;
    private final Yaml.Members group;
    private final Problems problems;
    private final Set<String> read = new LinkedHashSet<>();

    /**
     * @param prefix of the keys in messages
     */
    Fields(String prefix, Yaml.Members group, Problems problems) {
        this.prefix = prefix;
        this.group = group;
        this.problems = problems;
    }

    @Nullable Yaml find(String key) {
        read.add(key);
        var member = group.members().get(key);
        return member == null ? null : member.value();
    }

    /** The value of a key, {@code otherwise} where it is missing or wrong. */
    <T> T get(String key, ValueType<T> type, T otherwise, String example) {
        var value = find(key, type, example);
        return value == null ? otherwise : value;
    }

    /** The value of a key that must be there; null where it is not. */
    <T> @Nullable T require(String key, ValueType<T> type, String example) {
        if (find(key) == null) {
            refuse(key, type.expected(), example);
        }
        return find(key, type, example);
    }

    <T> @Nullable T find(String key, ValueType<T> type, String example) {
        var value = find(key);
        if (value == null) {
            return null;
        }
        try {
            if (value instanceof Yaml.Scalar(var text, _, _)) {
                return type.parse(text);
            }
        } catch (IllegalArgumentException wrong) {
            // said below
        }
        var shown = type.isSecret() ? "(hidden)" : value.describe();
        refuse(key, shown, type.expected(), example, value.origin());
        return null;
    }

    /** The items of a list of texts; none where it is missing or wrong. */
    List<Yaml.Scalar> texts(String key, String expected, String example) {
        var value = find(key);
        var texts = new ArrayList<Yaml.Scalar>();
        if (value instanceof Yaml.Items(var items, _)) {
            items.forEach(
                    item -> {
                        if (item instanceof Yaml.Scalar scalar) {
                            texts.add(scalar);
                        } else {
                            refuse(key, item, expected, example);
                        }
                    });
        } else if (value != null) {
            refuse(key, value, "a list of " + expected, example);
        }
        return texts;
    }

    /** A group of keys within this one; null where it is missing or no group. */
    @Nullable Fields group(String key, String example) {
        var value = find(key);
        if (value instanceof Yaml.Members members) {
            return new Fields(prefix + key + ".", members, problems);
        }
        if (value != null) {
            refuse(key, value, "a group of keys", example);
        }
        return null;
    }

    Set<String> keys() {
        return group.members().keySet();
    }

    /** Complains about the value of a key, or that there is none. */
    void refuse(String key, String expected, String example) {
        var value = find(key);
        if (value == null) {
            refuse(key, "nothing", expected, example, group.origin());
        } else {
            refuse(key, value, expected, example);
        }
    }

    /** Complains about a part of a key's value. */
    void refuse(String key, Yaml value, String expected, String example) {
        refuse(key, value.describe(), expected, example, value.origin());
    }

    private void refuse(String key, String value, String expected, String example, Origin origin) {
        var line = example.isEmpty() ? "" : prefix + key + ": " + example;
        problems.add(prefix + key, value, expected, line, origin);
    }

    /** Complains about all keys that were not asked for. */
    void refuseOthers() {
        group.members()
                .forEach(
                        (key, member) -> {
                            if (!read.contains(key)) {
                                var expected =
                                        Suggestion.nearest(key, read)
                                                .orElse("one of " + String.join(", ", read));
                                refuse(key, "unknown key", expected, "", member.origin());
                            }
                        });
    }
}
