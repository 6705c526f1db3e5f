package dev.fanfare.server.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One group of keys of the configuration that is carried over. Every value can be taken once; what
 * nobody has taken in the end is what nobody knows. A value of the wrong kind is reported, and as
 * good as none.
 */
final class Source {
    private final String path;
    private final ObjectNode node;
    private final Report report;

    /**
     * @param path of the group's own key; empty for the whole file
     */
    Source(String path, ObjectNode node, Report report) {
        this.path = path;
        this.node = node;
        this.report = report;
    }

    Report report() {
        return report;
    }

    /** As the person who wrote it calls a key of this group. */
    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    boolean has(String key) {
        return node.hasNonNull(key);
    }

    /** The group under a key; one without keys where there is none. */
    Source group(String key) {
        var value = node.get(key);
        if (value instanceof ObjectNode object) {
            return new Source(path(key), object, report);
        }
        wrong(key, take(key), "a group of keys");
        return new Source(path(key), JsonNodeFactory.instance.objectNode(), report);
    }

    /** The groups in the list under a key. */
    List<Source> groups(String key) {
        var groups = new ArrayList<Source>();
        if (!(node.get(key) instanceof ArrayNode items)) {
            wrong(key, take(key), "a list of groups of keys");
            return groups;
        }
        for (int i = 0; i < items.size(); i++) {
            var itemPath = path(key) + "[" + i + "]";
            if (items.get(i) instanceof ObjectNode item) {
                groups.add(new Source(itemPath, item, report));
            } else {
                report.lost(itemPath, "no group of keys");
                items.set(i, JsonNodeFactory.instance.objectNode());
            }
        }
        return groups;
    }

    boolean flag(String key) {
        var value = take(key);
        if (value == null || value.isBoolean()) {
            return value != null && value.booleanValue();
        }
        switch (value.asText()) {
            case "true", "1" -> {
                return true;
            }
            case "false", "0", "" -> {}
            default -> wrong(key, value, "true or false");
        }
        return false;
    }

    /** Null where there is none, or an empty one. */
    @Nullable String text(String key) {
        var value = take(key);
        if (value == null) {
            return null;
        }
        if (value.isContainerNode()) {
            wrong(key, value, "a text");
        }
        return value.asText().isEmpty() ? null : value.asText();
    }

    List<String> texts(String key) {
        var value = take(key);
        var texts = new ArrayList<String>();
        if (value instanceof ArrayNode items) {
            items.forEach(item -> texts.add(item.asText()));
        } else if (value != null && value.isTextual()) {
            texts.addAll(List.of(value.asText().strip().split("\\s+")));
        } else {
            wrong(key, value, "a list of texts");
        }
        return texts;
    }

    /** Null where there is none. */
    @Nullable Long number(String key) {
        var value = take(key);
        if (value == null) {
            return null;
        }
        try {
            return Long.parseLong(value.asText());
        } catch (NumberFormatException none) {
            wrong(key, value, "a whole number");
            return null;
        }
    }

    /** Null where there is none. */
    @Nullable Duration duration(String key) {
        var value = take(key);
        if (value == null) {
            return null;
        }
        var duration = GoDuration.parse(value.asText());
        if (duration == null) {
            wrong(key, value, "a time like 25s or 1h30m");
        }
        return duration;
    }

    /** A key that has nothing to become, and whose usual value is that of no key. */
    void lose(String key, String why) {
        lose(key, "", why);
    }

    /**
     * @param usual what the key says when it says nothing
     */
    void lose(String key, String usual, String why) {
        var value = take(key);
        if (value != null && (value.isContainerNode() || !value.asText().equals(usual))) {
            leaves(path(key), value, leaf -> report.lost(leaf, why));
        }
    }

    /** All keys of this group have nothing to become. */
    void loseAll(String why) {
        keys().forEach(key -> lose(key, why));
    }

    List<String> keys() {
        var keys = new ArrayList<String>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** The paths of all values that nobody has taken. */
    List<String> leftOver() {
        var paths = new ArrayList<String>();
        keys().forEach(key -> leaves(path(key), node.get(key), paths::add));
        return paths;
    }

    /** Calls with the paths of all that says something: a false flag and an empty list do not. */
    private static void leaves(String path, JsonNode value, Consumer<String> each) {
        switch (value) {
            case ObjectNode object ->
                    object.properties()
                            .forEach(
                                    member ->
                                            leaves(
                                                    path + "." + member.getKey(),
                                                    member.getValue(),
                                                    each));
            case ArrayNode items when !items.isEmpty() && items.get(0).isObject() -> {
                for (int i = 0; i < items.size(); i++) {
                    leaves(path + "[" + i + "]", items.get(i), each);
                }
            }
            default -> {
                if (!isNothing(value)) {
                    each.accept(path);
                }
            }
        }
    }

    private static boolean isNothing(JsonNode value) {
        return value.isNull()
                || (value.isArray() && value.isEmpty())
                || (value.isValueNode()
                        && List.of("", "false", "0", "0s").contains(value.asText()));
    }

    private @Nullable JsonNode take(String key) {
        var value = node.remove(key);
        return value == null || value.isNull() ? null : value;
    }

    private void wrong(String key, @Nullable JsonNode value, String expected) {
        if (value != null) {
            report.lost(path(key), "it is not " + expected);
        }
    }
}
