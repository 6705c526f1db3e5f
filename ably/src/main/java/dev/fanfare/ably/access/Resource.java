package dev.fanfare.ably.access;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A family of channel names, as a capability writes it: parts between colons, where {@code *} takes
 * any one part, and at the end one or more. {@code foo*} is text like any other. In front may stand
 * a type in brackets, as in {@code [meta]log}, or {@code [*]} for every type.
 *
 * @param type of the channels; empty: ordinary ones; {@link #ANY}: all
 */
record Resource(String type, List<String> parts) {
    private static final String ANY = "*";
    private static final String ORDINARY = "";

    Resource {
        parts = List.copyOf(parts);
    }

    static Resource parse(String text) {
        int end = text.startsWith("[") ? text.indexOf(']') : -1;
        return end < 0
                ? new Resource(ORDINARY, parts(text))
                : new Resource(text.substring(1, end), parts(text.substring(end + 1)));
    }

    /**
     * A channel that a client names: in front may also stand what it wants of it, as in {@code
     * [?rewind=1]news} and {@code [filter=…]news}, which is no type.
     */
    static Resource ofChannel(String name) {
        var named = parse(name);
        int question = named.type.indexOf('?');
        var type = question < 0 ? named.type : named.type.substring(0, question);
        return new Resource(type.contains("=") ? ORDINARY : type, named.parts);
    }

    private static List<String> parts(String text) {
        return List.of(text.split(":", -1));
    }

    /** Whether the channel is of this family. */
    boolean includes(Resource channel) {
        return (type.equals(ANY) || type.equals(channel.type))
                && (isOpen()
                        ? channel.parts.size() >= parts.size()
                        : channel.parts.size() == parts.size())
                && IntStream.range(0, parts.size())
                        .allMatch(i -> takes(parts.get(i), channel.parts.get(i)));
    }

    private static boolean takes(String part, String text) {
        return part.equals(ANY) || part.equals(text);
    }

    /** The channels that are of both families; null: none is. */
    @Nullable Resource intersect(Resource other) {
        var type = common(this.type, other.type);
        return type == null ? null : intersect(type, other);
    }

    private @Nullable Resource intersect(String type, Resource longer) {
        if (parts.size() > longer.parts.size()) {
            return longer.intersect(type, this);
        }
        if (parts.size() < longer.parts.size() && !isOpen()) {
            return null;
        }
        var common = new ArrayList<>(longer.parts);
        for (int i = 0; i < parts.size(); i++) {
            var part = common(parts.get(i), longer.parts.get(i));
            if (part == null) {
                return null;
            }
            common.set(i, part);
        }
        return new Resource(type, common);
    }

    private static @Nullable String common(String a, String b) {
        if (takes(a, b)) {
            return b;
        }
        return b.equals(ANY) ? a : null;
    }

    /** Whether the last part takes any number of them. */
    private boolean isOpen() {
        return parts.getLast().equals(ANY);
    }

    @Override
    public String toString() {
        var name = String.join(":", parts);
        return type.equals(ORDINARY) ? name : "[" + type + "]" + name;
    }
}
