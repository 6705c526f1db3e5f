package dev.fanfare.server.websocket;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The negotiation of permessage-deflate (RFC 7692, section 7.1). Fanfare keeps no context between
 * messages and compresses with a window of 15 bits, the only one that {@link
 * java.util.zip.Deflater} knows.
 */
public final class DeflateOffer {
    private static final String NAME = "permessage-deflate";
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    /**
     * {@code name}, {@code name=value} or {@code name="value"}, where the value is a token (RFC
     * 6455, section 9.1).
     */
    private static final Pattern PARAMETER =
            Pattern.compile("\\s*(%1$s)\\s*(?:=\\s*(?:(%1$s)|\"(%1$s)\")\\s*)?".formatted(TOKEN));

    private static final Pattern WINDOW_BITS = Pattern.compile("[89]|1[0-5]");

    /** Every parameter there is, and which values it may have; "" stands for none. */
    private static final Map<String, Predicate<String>> PARAMETERS =
            Map.of(
                    "server_no_context_takeover",
                    String::isEmpty,
                    "client_no_context_takeover",
                    String::isEmpty,
                    "server_max_window_bits",
                    value -> value.equals("15"),
                    "client_max_window_bits",
                    value -> value.isEmpty() || WINDOW_BITS.matcher(value).matches());

    private DeflateOffer() {}

    /**
     * The {@code Sec-WebSocket-Extensions} to answer with, for the first offer that can be met;
     * empty: no compression.
     *
     * @param extensions the client's header, several ones joined by commas
     */
    public static Optional<String> accept(@Nullable String extensions) {
        if (extensions == null) {
            return Optional.empty();
        }
        for (String offer : extensions.split(",", -1)) {
            var parameters = parse(offer);
            if (parameters.isPresent()) {
                return Optional.of(answer(parameters.get()));
            }
        }
        return Optional.empty();
    }

    /** Empty where it is something else, is malformed, or demands what we do not have. */
    private static Optional<Map<String, String>> parse(String offer) {
        String[] parts = offer.split(";", -1);
        if (!parts[0].strip().equals(NAME)) {
            return Optional.empty();
        }
        var parameters = new HashMap<String, String>();
        for (int i = 1; i < parts.length; i++) {
            Matcher parameter = PARAMETER.matcher(parts[i]);
            if (!parameter.matches() || !isAcceptable(parameter.group(1), value(parameter))) {
                return Optional.empty();
            }
            if (parameters.put(parameter.group(1), value(parameter)) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    private static boolean isAcceptable(String name, String value) {
        var values = PARAMETERS.get(name);
        return values != null && values.test(value);
    }

    private static String value(Matcher parameter) {
        if (parameter.group(2) != null) {
            return parameter.group(2);
        }
        return parameter.group(3) != null ? parameter.group(3) : "";
    }

    private static String answer(Map<String, String> parameters) {
        String answer = NAME + "; server_no_context_takeover; client_no_context_takeover";
        return parameters.containsKey("server_max_window_bits")
                ? answer + "; server_max_window_bits=15"
                : answer;
    }
}
