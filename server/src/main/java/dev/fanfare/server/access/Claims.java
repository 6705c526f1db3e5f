package dev.fanfare.server.access;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a token says, as JSON (RFC 7519), whoever has signed it. */
final class Claims {
    /** Why claims cannot be used. The message names the claim and never a value. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message, null, false, false);
        }

        Unusable(String name, JsonNode got, String expected) {
            this("the claim " + name + " as " + kind(got) + ", which must be " + expected);
        }

        private static String kind(JsonNode claim) {
            return claim.getNodeType().name().toLowerCase(Locale.ROOT);
        }
    }

    /** A claim that comes twice would mean one thing to us and another to the next reader. */
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final byte[] json;
    private final JsonNode all;

    private Claims(byte[] json, JsonNode all) {
        this.json = json;
        this.all = all;
    }

    static Claims parse(byte[] json) throws Unusable {
        try {
            var claims = JSON.readTree(json);
            if (claims.isObject()) {
                return new Claims(json, claims);
            }
        } catch (IOException | NumberFormatException e) {
            // Their messages would quote the token. Exponents have a limit too.
        }
        throw new Unusable("claims that are no JSON object with each member once");
    }

    /** As it was written: read only. */
    byte[] json() {
        return json;
    }

    JsonNode all() {
        return all;
    }

    /** Missing where it is null: no claim means anything by that. */
    JsonNode get(String name) {
        var claim = all.path(name);
        return claim.isNull() ? all.path("") : claim;
    }

    boolean hasAny(String... names) {
        return Stream.of(names).anyMatch(name -> !get(name).isMissingNode());
    }

    /** Empty: it names none. */
    String issuer() {
        return get("iss").asText();
    }

    /** Those that are texts; a single one may stand for itself (RFC 7519, section 4.1.3). */
    List<String> audiences() {
        var claim = get("aud");
        var nodes = claim.isArray() ? stream(claim) : Stream.of(claim);
        return nodes.filter(JsonNode::isTextual).map(JsonNode::textValue).toList();
    }

    static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
