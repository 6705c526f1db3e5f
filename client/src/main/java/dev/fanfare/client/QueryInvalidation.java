package dev.fanfare.client;

import static java.util.Collections.unmodifiableList;
import static java.util.Collections.unmodifiableMap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Queries of which clients should ask anew: all whose key begins with this one.
 *
 * @param queryKey as {@link Message#members} may hold
 * @param more what else clients should know
 */
public record QueryInvalidation(
        List<? extends @Nullable Object> queryKey, Map<String, ? extends @Nullable Object> more)
        implements Message {
    private static final String TYPE = "type";
    private static final String QUERY_KEY = "queryKey";

    public QueryInvalidation {
        for (var own : List.of(TYPE, QUERY_KEY)) {
            if (more.containsKey(own)) {
                throw new IllegalArgumentException(
                        "more: " + own + " (expected: none that every invalidation has)");
            }
        }
        queryKey = unmodifiableList(new ArrayList<>(queryKey));
        more = unmodifiableMap(new LinkedHashMap<>(more));
    }

    public static QueryInvalidation of(@Nullable Object... queryKey) {
        return new QueryInvalidation(Arrays.asList(queryKey), Map.of());
    }

    /** This one, and one thing more. */
    public QueryInvalidation with(String member, @Nullable Object value) {
        var all = new LinkedHashMap<String, @Nullable Object>(more);
        all.put(member, value);
        return new QueryInvalidation(queryKey, all);
    }

    @Override
    public Map<String, ? extends @Nullable Object> members() {
        var all = new LinkedHashMap<String, @Nullable Object>();
        all.put(TYPE, "query-invalidation");
        all.put(QUERY_KEY, queryKey);
        all.putAll(more);
        return all;
    }
}
