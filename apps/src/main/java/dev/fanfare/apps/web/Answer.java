package dev.fanfare.apps.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request is answered.
 *
 * @param body values of the JDK, as JSON has them: Map, List, String, Number, Boolean, null; null:
 *     no body
 */
public record Answer(
        int status,
        @Nullable Map<String, ? extends @Nullable Object> body,
        Map<String, String> headers) {
    public static Answer ok(Map<String, ? extends @Nullable Object> body) {
        return new Answer(200, body, Map.of());
    }

    public static Answer created(Map<String, ? extends @Nullable Object> body) {
        return new Answer(201, body, Map.of());
    }

    public static Answer empty() {
        return new Answer(204, null, Map.of());
    }

    public Answer with(String header, String value) {
        var all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Answer(status, body, all);
    }
}
