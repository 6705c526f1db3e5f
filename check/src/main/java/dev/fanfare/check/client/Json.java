package dev.fanfare.check.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.check.history.Position;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** JSON as clients say and read it. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static JsonNode read(String text) throws IOException {
        return MAPPER.readTree(text);
    }

    static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The payload of every publication of a run: it says which message it is. */
    static ObjectNode payload(String message) {
        return object().put("message", message);
    }

    static String message(JsonNode payload) {
        return payload.path("message").asText();
    }

    /** What {@code epoch} and {@code offset} say; null where there is no epoch. */
    static @Nullable Position position(JsonNode node) {
        var epoch = node.path("epoch").asText();
        return epoch.isEmpty() ? null : new Position(epoch, node.path("offset").asLong());
    }
}
