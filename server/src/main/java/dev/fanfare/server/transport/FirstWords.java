package dev.fanfare.server.transport;

import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Payload.Format;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.protocols.json.JsonWriter;
import dev.fanfare.server.config.Manners.Deprecation;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes what clients of the sync hub are told by the server itself. Any thread. */
record FirstWords(InstantSource clock) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);
    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,17}");

    /** The start of a greeting: who the client is, and whether it should be elsewhere. */
    JsonWriter greeting(String type, ClientInfo client, @Nullable Deprecation deprecation) {
        var writer = new JsonWriter(256).beginObject().member("type", type);
        user(writer.member("user_id"), client.user()).member("connection_id", client.client());
        writer.member("ts", now()).member("deprecated", deprecation != null);
        if (deprecation != null) {
            deprecation(writer, deprecation);
        }
        return writer;
    }

    private static void deprecation(JsonWriter writer, Deprecation deprecation) {
        var sunset = deprecation.sunset();
        var successor = deprecation.successor();
        var end = sunset == null ? "" : " and ends on " + TIME.format(sunset).substring(0, 10);
        var instead = successor == null ? "" : " Use " + successor + " instead.";
        writer.member("notice", "This endpoint is deprecated" + end + "." + instead)
                .member("since", TIME.format(deprecation.since()));
        if (sunset != null) {
            writer.member("sunset", TIME.format(sunset));
        }
        if (successor != null) {
            writer.member("successor", successor.toString());
        }
    }

    /** That a user has come or gone. */
    Push.Message change(String type, String user) {
        var writer = new JsonWriter(96).beginObject().member("type", type);
        return message(user(writer.member("user_id"), user).member("ts", now()));
    }

    /** Ids that are integers are numbers in JSON, too. */
    static JsonWriter user(JsonWriter writer, String user) {
        return INTEGER.matcher(user).matches()
                ? writer.number(Long.parseLong(user))
                : writer.string(user);
    }

    static Push.Message message(JsonWriter object) {
        return new Push.Message(Payload.of(object.endObject().toBytes(), Format.JSON));
    }

    private String now() {
        return TIME.format(Instant.ofEpochMilli(clock.millis()));
    }
}
