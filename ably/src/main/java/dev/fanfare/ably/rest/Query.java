package dev.fanfare.ably.rest;

import dev.fanfare.ably.access.Denied;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind the question mark.
 *
 * @param parameters decoded, as they came; where one is there twice the last counts
 */
public record Query(Map<String, String> parameters) {
    static final Query NONE = new Query(Map.of());

    static Query parse(String text) throws Denied {
        var parameters = new LinkedHashMap<String, String>();
        for (var parameter : text.split("&", -1)) {
            int equals = parameter.indexOf('=');
            var name = equals < 0 ? parameter : parameter.substring(0, equals);
            var value = equals < 0 ? "" : parameter.substring(equals + 1);
            if (!name.isEmpty()) {
                parameters.put(
                        RestRequest.decoded(name, "query"), RestRequest.decoded(value, "query"));
            }
        }
        return new Query(parameters);
    }

    @Nullable String text(String name) {
        return parameters.get(name);
    }

    /** Whether it is there and says true. */
    boolean isTrue(String name) {
        return "true".equals(text(name));
    }

    /** The value where it is not there. */
    long number(String name, long usual, long least, long most) throws Denied {
        var text = text(name);
        if (text == null) {
            return usual;
        }
        var expected =
                most == Long.MAX_VALUE
                        ? "a number from " + least + " on"
                        : "a number from " + least + " to " + most;
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw Errors.parameter(name, text, expected);
        }
        throw Errors.parameter(name, text, expected);
    }

    /** The same with this one another. */
    Query with(String name, String value) {
        var changed = new LinkedHashMap<>(parameters);
        changed.put(name, value);
        return new Query(changed);
    }

    Query without(String... names) {
        var changed = new LinkedHashMap<>(parameters);
        for (var name : names) {
            changed.remove(name);
        }
        return new Query(changed);
    }

    /** Percent-encoded, commas as well: clients take headers apart at them. */
    String encoded() {
        return parameters.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
