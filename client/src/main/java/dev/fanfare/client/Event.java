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
 * @param name what the event is called, told beside the payload: plain clients get {@code
 *     {"type":name,"data":payload}}; null: the payload says it itself
 */
public record Event(
        String id,
        String channel,
        String payload,
        @Nullable String excludeUserId,
        @Nullable String name) {
    private static final int LONGEST_ID = 128;
    private static final int LONGEST = 1024;

    public Event {
        requireLength("id", id, LONGEST_ID);
        requireLength("channel", channel, LONGEST);
        if (excludeUserId != null) {
            requireLength("excludeUserId", excludeUserId, LONGEST);
        }
        if (name != null) {
            requireLength("name", name, LONGEST);
        }
        Json.requireValue("payload", payload);
    }

    /** One whose payload says what it is. */
    public Event(String id, String channel, String payload, @Nullable String excludeUserId) {
        this(id, channel, payload, excludeUserId, null);
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

    /**
     * One whose name is told beside its data.
     *
     * @throws IllegalArgumentException where the data are no JSON
     */
    public static Event named(String channel, String name, String data) {
        return new Event(UUID.randomUUID().toString(), channel, data, null, name);
    }

    /** The same event, for everybody but this user. */
    public Event except(String userId) {
        return new Event(id, channel, payload, userId, name);
    }

    /**
     * As the server reads it, over HTTP and on Redis: {@code {"channel","id","payload"}}, or {@code
     * {"channel","id","event","data"}} for one with a name.
     */
    public String body() {
        var text = new StringWriter(payload.length() + channel.length() + 96);
        try (var generator = Json.FACTORY.createGenerator(text)) {
            generator.writeStartObject();
            generator.writeStringField("channel", channel);
            generator.writeStringField("id", id);
            if (excludeUserId != null) {
                generator.writeStringField("excludeUserId", excludeUserId);
            }
            if (name == null) {
                generator.writeFieldName("payload");
            } else {
                generator.writeStringField("event", name);
                generator.writeFieldName("data");
            }
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
