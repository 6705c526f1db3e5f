package dev.fanfare.client;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message for one channel. Its id is made once, with the event: however often it is sent, and
 * by whichever way, it is delivered once.
 *
 * @param payload the text of one JSON value, which subscribers get as it is
 * @param excludeUserId the user who does not get it; null: everybody does
 */
public record Event(String id, String channel, String payload, @Nullable String excludeUserId) {
    private static final int LONGEST_ID = 128;
    private static final int LONGEST = 1024;

    public Event {
        requireLength("id", id, LONGEST_ID);
        requireLength("channel", channel, LONGEST);
        if (excludeUserId != null) {
            requireLength("excludeUserId", excludeUserId, LONGEST);
        }
        Json.requireValue("payload", payload);
    }

    /**
     * @throws IllegalArgumentException where JSON has no form for the message
     */
    public static Event of(String channel, Message message) {
        return ofJson(channel, Json.write(message.members()));
    }

    /**
     * @throws IllegalArgumentException where the payload is no JSON
     */
    public static Event ofJson(String channel, String payload) {
        return new Event(UUID.randomUUID().toString(), channel, payload, null);
    }

    /** The same event, for everybody but this user. */
    public Event except(String userId) {
        return new Event(id, channel, payload, userId);
    }

    /** As the server reads it, over HTTP and on Redis: {@code {"channel","id","payload"}}. */
    public String body() {
        var text = new StringWriter(payload.length() + channel.length() + 96);
        try (var generator = Json.FACTORY.createGenerator(text)) {
            generator.writeStartObject();
            generator.writeStringField("channel", channel);
            generator.writeStringField("id", id);
            if (excludeUserId != null) {
                generator.writeStringField("excludeUserId", excludeUserId);
            }
            generator.writeFieldName("payload");
            generator.writeRawValue(payload);
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void requireLength(String name, String value, int longest) {
        if (value.isEmpty() || value.length() > longest) {
            throw new IllegalArgumentException(
                    name
                            + ": "
                            + value.length()
                            + " characters (expected: 1 to "
                            + longest
                            + " characters)");
        }
    }
}
