package dev.fanfare.server.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fanfare.core.model.Payload;
import dev.fanfare.protocols.json.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.function.Consumer;

/** How nodes write down what they tell each other. Members that nobody knows are passed over. */
final class Json {
    private static final JsonMapper JSON = new JsonMapper();

    private Json() {}

    static byte[] object(Consumer<JsonWriter> members) {
        var writer = new JsonWriter(256);
        writer.beginObject();
        members.accept(writer);
        return writer.endObject().toBytes();
    }

    static JsonNode read(byte[] document) {
        try {
            return JSON.readTree(document);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    static String text(JsonNode object, String member) {
        return object.required(member).asText();
    }

    static void bytes(JsonWriter writer, String member, byte[] bytes) {
        writer.member(member, Base64.getEncoder().encodeToString(bytes));
    }

    static byte[] bytes(JsonNode object, String member) {
        return Base64.getDecoder().decode(text(object, member));
    }

    static void payload(JsonWriter writer, String member, Payload payload) {
        writer.member(member).beginObject().member("format", payload.format().name());
        bytes(writer, "bytes", payload.bytes());
        writer.endObject();
    }

    static Payload payload(JsonNode object, String member) {
        var payload = object.required(member);
        return Payload.of(bytes(payload, "bytes"), Payload.Format.valueOf(text(payload, "format")));
    }
}
