package dev.fanfare.protocols.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Payload;
import java.util.Base64;

/**
 * Messages whose event is told beside their payload, in protocols that have payloads alone: {@code
 * {"type":event,"data":data}}, with {@code encoding} and {@code extras} behind it where there are
 * any. Without an event there is no {@code type}; where there is nothing but data, that is all.
 */
public final class NamedData {
    private static final byte[] NULL = "null".getBytes(UTF_8);
    private static final String BASE64 = "base64";

    private NamedData() {}

    /** The payload that tells the event as well; as it was published where it does so by itself. */
    public static Payload payload(Message message) {
        return message.payload().attributes().besideEvent()
                ? Payload.of(document(message), Payload.Format.JSON)
                : message.payload();
    }

    private static byte[] document(Message message) {
        var payload = message.payload();
        var data = data(payload);
        var event = message.event();
        var encoding = encoding(payload);
        var extras = payload.attributes().extras();
        if (event == null && encoding.isEmpty() && extras.isEmpty()) {
            return data;
        }
        var writer = new JsonWriter(data.length + extras.length() + 64).beginObject();
        if (event != null) {
            writer.member("type", event);
        }
        writer.member("data").raw(data);
        if (!encoding.isEmpty()) {
            writer.member("encoding", encoding);
        }
        if (!extras.isEmpty()) {
            writer.member("extras").raw(extras.getBytes(UTF_8));
        }
        return writer.endObject().toBytes();
    }

    /** As one JSON value; bytes as base64 text. */
    private static byte[] data(Payload payload) {
        return switch (payload.format()) {
            case JSON -> payload.bytes();
            case TEXT -> string(payload.bytes());
            case BINARY ->
                    payload.isEmpty() ? NULL : string(Base64.getEncoder().encode(payload.bytes()));
        };
    }

    private static byte[] string(byte[] text) {
        return new JsonWriter(text.length + 2).string(text).toBytes();
    }

    /** What a receiver of the data has to undo, the last first. */
    private static String encoding(Payload payload) {
        var encoding = payload.attributes().encoding();
        if (payload.format() != Payload.Format.BINARY || payload.isEmpty()) {
            return encoding;
        }
        return encoding.isEmpty() ? BASE64 : encoding + '/' + BASE64;
    }
}
