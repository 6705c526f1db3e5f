package dev.fanfare.server.api;

import dev.fanfare.server.access.Secret;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys that are good, and the three places where a request may carry one.
 *
 * @param keys none: every call is refused
 * @param insecure every call is taken, with a key or without
 */
public record ApiKeys(List<Secret> keys, boolean insecure) {
    private static final String HEADER = "X-API-Key";
    private static final String SCHEME = "apikey ";
    private static final String PARAMETER = "api_key";

    public ApiKeys {
        keys = List.copyOf(keys);
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Whether the request shows any key, good or not. */
    public boolean areShown(HttpServerRequest request) {
        return offered(request) != null;
    }

    /** Whether it shows a good one, also where calls are taken without. */
    public boolean isGood(HttpServerRequest request) {
        var offered = offered(request);
        return offered != null && isGood(offered);
    }

    boolean open(HttpServerRequest request) {
        return insecure || isGood(request);
    }

    /** Every key is compared, so that the time does not tell which one came close. */
    private boolean isGood(String offered) {
        boolean good = false;
        for (var key : keys) {
            good |= key.matches(offered);
        }
        return good;
    }

    private static @Nullable String offered(HttpServerRequest request) {
        var header = request.getHeader(HEADER);
        if (header != null) {
            return header;
        }
        var authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return authorization.substring(SCHEME.length()).strip();
        }
        return request.query() == null ? null : request.getParam(PARAMETER);
    }
}
