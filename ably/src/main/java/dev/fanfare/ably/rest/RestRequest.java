package dev.fanfare.ably.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.ably.access.Denied;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks.
 *
 * @param path its segments, decoded: {@code channels}, {@code a/b}, {@code messages}
 * @param headers by name in lower case
 */
@SuppressWarnings("ArrayRecordComponent") // read only
public record RestRequest(
        String method, List<String> path, Query query, Map<String, String> headers, byte[] body) {
    public RestRequest {
        path = List.copyOf(path);
        headers = Map.copyOf(headers);
    }

    /**
     * As it stands on the request line.
     *
     * @param path percent-encoded, with a slash in front
     * @param query percent-encoded; null: none
     * @param headers names in any case; where one is there twice the first counts
     */
    public static RestRequest of(
            String method,
            String path,
            @Nullable String query,
            Iterable<Map.Entry<String, String>> headers,
            byte[] body)
            throws Denied {
        return new RestRequest(
                method,
                segments(path),
                query == null ? Query.NONE : Query.parse(query),
                byName(headers),
                body);
    }

    @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    private static List<String> segments(String path) throws Denied {
        var segments = new ArrayList<String>();
        for (var segment : path.substring(1).split("/", -1)) {
            segments.add(decoded(segment.replace("+", "%2B"), "path"));
        }
        return segments;
    }

    /** A plus is a space. */
    static String decoded(String text, String where) throws Denied {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            throw Errors.bad(where, text, "percent-encoded UTF-8");
        }
    }

    private static Map<String, String> byName(Iterable<Map.Entry<String, String>> headers) {
        var byName = new HashMap<String, String>();
        headers.forEach(
                header ->
                        byName.putIfAbsent(
                                header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return byName;
    }
}
