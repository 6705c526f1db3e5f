package dev.fanfare.server.api;

import dev.fanfare.core.model.Payload;
import dev.fanfare.protocols.json.JsonReader;
import dev.fanfare.protocols.json.TypedPayload;
import java.io.IOException;
import java.util.Base64;

/**
 * Reads what is JSON, or as a string in base64 anything: {@code data} or {@code b64data}. The
 * latter is stronger. Made for one.
 */
final class PayloadReader {
    private final String name;
    private Payload json = Payload.NONE;
    private Payload binary = Payload.NONE;

    PayloadReader(String name) {
        this.name = name;
    }

    /** Whether the member here is one of the two: then it has been read. */
    boolean takes(JsonReader reader) throws IOException {
        var member = reader.member();
        if (member.equals(name)) {
            json = reader.payload().payload();
            return true;
        }
        if (member.equals("b64" + name)) {
            readBase64(reader);
            return true;
        }
        return false;
    }

    private void readBase64(JsonReader reader) throws IOException {
        var text = reader.text("b64" + name);
        try {
            binary = TypedPayload.of(Base64.getDecoder().decode(text)).payload();
        } catch (IllegalArgumentException wrong) {
            reader.note(reader.wrong("b64" + name, "base64 (RFC 4648, section 4)"));
        }
    }

    /** {@link Payload#NONE} where nothing was said. */
    Payload payload() {
        return binary.isEmpty() ? json : binary;
    }
}
