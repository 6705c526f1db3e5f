package dev.fanfare.ably.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import dev.fanfare.protocols.ably.Formats;
import dev.fanfare.protocols.ably.Unreadable;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which operations are allowed on which channels: where several families of names take a channel,
 * all that any of them allows. Immutable.
 */
public final class Capability {
    /** All operations. */
    private static final String ALL = "*";

    private static final Set<Operation> EVERYTHING =
            Collections.unmodifiableSet(EnumSet.allOf(Operation.class));

    /** All operations on ordinary channels. */
    public static final Capability ORDINARY =
            new Capability(Map.of(Resource.parse("*"), EVERYTHING));

    /** All operations on channels of every type. */
    public static final Capability FULL =
            new Capability(Map.of(Resource.parse("[*]*"), EVERYTHING));

    private final Map<Resource, Set<Operation>> allowed;

    private Capability(Map<Resource, Set<Operation>> allowed) {
        this.allowed = Map.copyOf(allowed);
    }

    /**
     * @param text in JSON; see {@link #of}
     */
    public static Capability parse(String text) throws Denied {
        Object tree;
        try {
            tree = Formats.JSON.readTree(text.getBytes(UTF_8));
        } catch (Unreadable e) {
            throw refusal(text, "JSON");
        }
        if (!(tree instanceof Map<?, ?> families)) {
            throw refusal(text, "a JSON object");
        }
        return of(families);
    }

    /**
     * @param tree lists of words by family of names: {@code {"news:*": ["subscribe"]}}
     * @throws Denied where it says nothing, or a word that is none
     */
    public static Capability of(Map<?, ?> tree) throws Denied {
        if (tree.isEmpty()) {
            throw refusal("{}", "at least one channel and its operations");
        }
        var allowed = new HashMap<Resource, Set<Operation>>();
        for (var entry : tree.entrySet()) {
            var resource = String.valueOf(entry.getKey());
            allowed.merge(
                    Resource.parse(resource),
                    operations(resource, entry.getValue()),
                    Capability::union);
        }
        return new Capability(allowed);
    }

    private static Set<Operation> operations(String resource, @Nullable Object words)
            throws Denied {
        if (!(words instanceof Collection<?> all) || all.isEmpty()) {
            throw refusal(resource + ": " + words, "a list of operations");
        }
        if (all.contains(ALL) && all.size() > 1) {
            throw refusal(resource + ": " + words, "nothing beside " + ALL);
        }
        var operations = EnumSet.noneOf(Operation.class);
        for (var word : all) {
            operations.addAll(named(word));
        }
        return operations;
    }

    private static Set<Operation> named(@Nullable Object word) throws Denied {
        if (ALL.equals(word)) {
            return EVERYTHING;
        }
        for (var operation : Operation.values()) {
            if (operation.word().equals(word)) {
                return EnumSet.of(operation);
            }
        }
        throw refusal(String.valueOf(word), "an operation, such as publish, or " + ALL);
    }

    private static Denied refusal(String value, String expected) {
        return Denied.of(40000, "capability: %s (expected: %s)".formatted(value, expected));
    }

    public boolean allows(Operation operation, String channel) {
        var named = Resource.ofChannel(channel);
        return allowed.entrySet().stream()
                .anyMatch(
                        entry ->
                                entry.getValue().contains(operation)
                                        && entry.getKey().includes(named));
    }

    /** All that is allowed on this channel. */
    public Set<Operation> on(String channel) {
        var named = Resource.ofChannel(channel);
        return allowed.entrySet().stream()
                .filter(entry -> entry.getKey().includes(named))
                .map(Map.Entry::getValue)
                .reduce(Set.of(), Capability::union);
    }

    private static Set<Operation> union(Set<Operation> some, Set<Operation> others) {
        var both = EnumSet.noneOf(Operation.class);
        both.addAll(some);
        both.addAll(others);
        return both;
    }

    /** What both allow; perhaps nothing. */
    public Capability intersect(Capability other) {
        var common = new HashMap<Resource, Set<Operation>>();
        for (var mine : allowed.entrySet()) {
            for (var theirs : other.allowed.entrySet()) {
                var resource = mine.getKey().intersect(theirs.getKey());
                var operations = EnumSet.copyOf(mine.getValue());
                operations.retainAll(theirs.getValue());
                if (resource != null && !operations.isEmpty()) {
                    common.merge(resource, operations, Capability::union);
                }
            }
        }
        return new Capability(common);
    }

    public boolean isEmpty() {
        return allowed.isEmpty();
    }

    /** In alphabetical order, so that equal capabilities look the same. */
    public SortedMap<String, List<String>> tree() {
        return allowed.entrySet().stream()
                .collect(
                        toMap(
                                entry -> entry.getKey().toString(),
                                entry -> words(entry.getValue()),
                                (one, same) -> one,
                                TreeMap::new));
    }

    /** As JSON, in the same order. */
    public String text() {
        return new String(Formats.JSON.writeTree(tree()), UTF_8);
    }

    /** The families of names that it speaks of. */
    Stream<String> resources() {
        return allowed.keySet().stream().map(Resource::toString);
    }

    private static List<String> words(Set<Operation> operations) {
        return operations.equals(EVERYTHING)
                ? List.of(ALL)
                : operations.stream().map(Operation::word).sorted().toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Capability that && allowed.equals(that.allowed);
    }

    @Override
    public int hashCode() {
        return allowed.hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
