package dev.fanfare.core.channel;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.model.Channel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All channels there can be, and their rules. Immutable.
 *
 * <p>A name is looked up by the literal text it begins with, from the longest to the shortest, so
 * that only patterns that share this beginning are tried: text beats a variable, and an exact type
 * beats an open one. Among patterns that differ in nothing of this, the one listed first wins.
 */
public final class Catalogue {
    public static final int DEFAULT_MAX_NAME_LENGTH = 255;

    /** What names of private channels begin with. */
    private static final String PRIVATE = "$";

    /** The rules of all channels of one pattern. */
    public record Entry(ChannelPattern pattern, ChannelRules rules) {}

    private final List<Entry> entries;
    private final int maxNameLength;
    private final Map<String, ChannelRules> fixed = new HashMap<>();
    private final Map<String, List<Entry>> byPrefix = new HashMap<>();
    private final int longestPrefix;
    private final Set<String> events;

    public Catalogue(List<Entry> entries) {
        this(entries, DEFAULT_MAX_NAME_LENGTH);
    }

    /**
     * @param maxNameLength longer names are unknown; in characters
     */
    public Catalogue(List<Entry> entries, int maxNameLength) {
        this.entries = List.copyOf(entries);
        this.maxNameLength = maxNameLength;
        refuseEqualShapes();
        this.entries.forEach(this::index);
        for (var sharing : byPrefix.values()) {
            sharing.sort(Comparator.comparing(Entry::pattern, ChannelPattern::bySpecificity));
        }
        events =
                this.entries.stream()
                        .flatMap(entry -> entry.rules().events().keySet().stream())
                        .collect(Collectors.toUnmodifiableSet());
        longestPrefix = byPrefix.keySet().stream().mapToInt(String::length).max().orElse(0);
    }

    private void refuseEqualShapes() {
        var seen = new HashMap<String, ChannelPattern>();
        for (var entry : entries) {
            var earlier = seen.putIfAbsent(entry.pattern().shape(), entry.pattern());
            if (earlier != null) {
                throw new IllegalArgumentException(
                        "pattern: %s (expected: other names than those of %s)"
                                .formatted(entry.pattern(), earlier));
            }
        }
    }

    private void index(Entry entry) {
        var prefix = entry.pattern().literalPrefix();
        if (entry.pattern().hasVariables()) {
            byPrefix.computeIfAbsent(prefix, key -> new ArrayList<>()).add(entry);
        } else {
            fixed.put(prefix, entry.rules());
        }
    }

    /** In the order given. */
    public List<Entry> entries() {
        return entries;
    }

    /** The channel of this name, its rules and variables; null where no pattern matches. */
    public @Nullable ResolvedChannel find(String name) {
        if (name.isEmpty() || name.length() > maxNameLength) {
            return null;
        }
        var rules = fixed.get(name);
        if (rules != null) {
            return new ResolvedChannel(new Channel(name), rules, Map.of());
        }
        var found = findByPrefix(name);
        return found == null && name.startsWith(PRIVATE) ? findPrivate(name) : found;
    }

    /** As the channel without the sign, but only a token for it lets anybody subscribe. */
    private @Nullable ResolvedChannel findPrivate(String name) {
        var open = find(name.substring(PRIVATE.length()));
        return open == null
                ? null
                : new ResolvedChannel(new Channel(name), open.rules(), open.variables())
                        .restrictedTo(AccessRule.NOBODY);
    }

    /** Whether some channel carries the event. */
    public boolean knowsEvent(String name) {
        return events.contains(name);
    }

    private @Nullable ResolvedChannel findByPrefix(String name) {
        int colon = name.lastIndexOf(':', longestPrefix - 1);
        while (colon >= 0) {
            var found = firstMatch(name, name.substring(0, colon + 1));
            if (found != null) {
                return found;
            }
            colon = name.lastIndexOf(':', colon - 1);
        }
        return firstMatch(name, "");
    }

    private @Nullable ResolvedChannel firstMatch(String name, String prefix) {
        for (var entry : byPrefix.getOrDefault(prefix, List.of())) {
            var variables = entry.pattern().match(name);
            if (variables != null) {
                return new ResolvedChannel(new Channel(name), entry.rules(), variables);
            }
        }
        return null;
    }
}
