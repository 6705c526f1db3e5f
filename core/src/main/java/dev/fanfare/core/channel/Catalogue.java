package dev.fanfare.core.channel;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All channels there can be, and their rules. Immutable.
 *
 * <p>A name is looked up by the literal text it begins with, from the longest to the shortest, so
 * that only patterns that share this beginning are tried: text beats a variable, and an exact type
 * beats an open one. Among patterns that differ in nothing of this, the one listed first wins. A
 * name that begins with {@code $} is that of a private channel, and looked up without this sign,
 * unless a pattern begins with it.
 */
public final class Catalogue {
    /** What names of private channels begin with. */
    private static final String PRIVATE = "$";

    /** What stands before the users of a channel that is limited to them. */
    private static final char USERS = '#';

    /** The rules of all channels of one pattern. */
    public record Entry(ChannelPattern pattern, ChannelRules rules) {}

    /**
     * What a name is found to be.
     *
     * @param free the part that its pattern leaves free: its last variable, or all where it has
     *     none
     */
    private record Found(ResolvedChannel channel, String free) {}

    private final List<Entry> entries;
    private final NameLimits limits;
    private final Map<String, Entry> fixed = new HashMap<>();
    private final Map<String, List<Entry>> byPrefix = new HashMap<>();
    private final int longestPrefix;
    private final Set<String> events;

    public Catalogue(List<Entry> entries) {
        this(entries, NameLimits.USUAL);
    }

    public Catalogue(List<Entry> entries, NameLimits limits) {
        this.entries = List.copyOf(entries);
        this.limits = limits;
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
            fixed.put(prefix, entry);
        }
    }

    /** In the order given. */
    public List<Entry> entries() {
        return entries;
    }

    /** The channel of this name; null where there can be none, and {@link #refusal} says why. */
    public @Nullable ResolvedChannel find(String name) {
        var found = lookUp(name);
        return found == null || complaint(found) != null ? null : found.channel();
    }

    /** Why {@link #find} knows no channel of this name. */
    public Refusal refusal(String name) {
        if (name.length() > limits.length()) {
            return badName(name, "a name of at most " + limits.length() + " characters");
        }
        var found = lookUp(name);
        var complaint = found == null ? null : complaint(found);
        return complaint == null
                ? new Refusal(
                        ErrorCode.UNKNOWN_CHANNEL, "channel", name, "a channel of the catalogue")
                : badName(name, complaint);
    }

    private static Refusal badName(String name, String expected) {
        return new Refusal(ErrorCode.BAD_REQUEST, "channel", name, expected);
    }

    /** What the name should have been, for a channel of this pattern; null: it is all right. */
    private @Nullable String complaint(Found found) {
        return switch (found.channel().rules().naming().rule()) {
            case NameRule.Any() ->
                    limits.asciiOnly() && !isAscii(found.channel().channel().name())
                            ? "a name in ASCII"
                            : null;
            case NameRule.Matching rule -> rule.accepts(found.free()) ? null : rule.describe();
        };
    }

    private static boolean isAscii(String name) {
        return name.chars().allMatch(c -> c < 128);
    }

    private @Nullable Found lookUp(String name) {
        if (name.isEmpty() || name.length() > limits.length()) {
            return null;
        }
        var entry = fixed.get(name);
        if (entry != null) {
            return found(entry, name, Map.of());
        }
        var found = findByPrefix(name);
        if (found != null) {
            return found;
        }
        return name.startsWith(PRIVATE) ? lookUpPrivate(name) : firstMatch(name, "");
    }

    /** As the channel without the sign, but only a token for it lets anybody subscribe. */
    private @Nullable Found lookUpPrivate(String name) {
        var open = lookUp(name.substring(PRIVATE.length()));
        return open == null
                ? null
                : new Found(
                        open.channel().named(name).restrictedTo(AccessRule.NOBODY), open.free());
    }

    /** Whether some channel carries the event. */
    public boolean knowsEvent(String name) {
        return events.contains(name);
    }

    private @Nullable Found findByPrefix(String name) {
        int colon = name.lastIndexOf(':', longestPrefix - 1);
        while (colon >= 0) {
            var found = firstMatch(name, name.substring(0, colon + 1));
            if (found != null) {
                return found;
            }
            colon = name.lastIndexOf(':', colon - 1);
        }
        return null;
    }

    private @Nullable Found firstMatch(String name, String prefix) {
        for (var entry : byPrefix.getOrDefault(prefix, List.of())) {
            var variables = entry.pattern().match(name);
            if (variables != null) {
                return found(entry, name, variables);
            }
        }
        return null;
    }

    private static Found found(Entry entry, String name, Map<String, String> variables) {
        var free = variables.getOrDefault(entry.pattern().lastVariable(), name);
        var channel = new ResolvedChannel(new Channel(name), entry.rules(), variables);
        int users = entry.rules().naming().userLimited() ? free.lastIndexOf(USERS) : -1;
        return new Found(users < 0 ? channel : limited(channel, free.substring(users + 1)), free);
    }

    /** Nobody in particular is never among the users. */
    private static ResolvedChannel limited(ResolvedChannel channel, String users) {
        var named = Stream.of(users.split(",")).filter(user -> !user.isEmpty()).toList();
        return channel.restrictedTo(new AccessRule.OneOf(named));
    }
}
