package dev.fanfare.ably.rest;

import dev.fanfare.ably.access.Denied;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that has found its endpoint.
 *
 * @param variables what stands in the path where the route has names, in its order
 * @param time when it came, in milliseconds since 1970
 */
record Ask(RestRequest request, List<String> variables, long time) {
    Ask {
        variables = List.copyOf(variables);
    }

    Query query() {
        return request.query();
    }

    /** Null where there is none. */
    @Nullable Object body() throws Denied {
        return Negotiation.body(request);
    }
}
