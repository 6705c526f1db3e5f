package dev.fanfare.protocols.json;

import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Refusal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A JSON payload, and the event that it says it is.
 *
 * @param type its top-level member {@code type}; null when it has none, or one that is no string:
 *     that names no event
 */
public record TypedPayload(Payload payload, @Nullable String type) {
    /** The bytes as JSON where they are one JSON document, otherwise as binary. */
    public static TypedPayload of(byte[] bytes) {
        try (var reader = JsonReader.open(bytes)) {
            var payload = reader.payload();
            reader.end();
            return payload;
        } catch (IOException noJson) {
            return new TypedPayload(Payload.of(bytes, Payload.Format.BINARY), null);
        }
    }

    /** The event: the payload's own word for it, else the name it was published under. */
    public @Nullable String event(@Nullable String named) {
        return type != null ? type : named;
    }

    /** Why the payload cannot be published under this name; null when it can. */
    public @Nullable Refusal contradiction(@Nullable String named) {
        if (type == null || named == null || type.equals(named)) {
            return null;
        }
        return new Refusal(
                ErrorCode.BAD_REQUEST, "event", named, "no other event than payload.type: " + type);
    }
}
