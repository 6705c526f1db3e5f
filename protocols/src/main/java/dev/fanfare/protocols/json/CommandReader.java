package dev.fanfare.protocols.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one message of a client. Members come in any order, so all are taken before they are
 * judged, and what is wrong with a message never hides the {@code id} its answer must repeat. Made
 * for one message.
 */
final class CommandReader {
    private static final int LONGEST = 1024;
    private static final List<String> TYPES =
            List.of("ping", "subscribe", "unsubscribe", "publish");
    private static final Map<String, List<String>> MEMBERS =
            Map.of(
                    "ping", List.of("type", "id"),
                    "subscribe", List.of("type", "id", "channel", "since"),
                    "unsubscribe", List.of("type", "id", "channel"),
                    "publish", List.of("type", "id", "channel", "payload", "event"));
    private static final List<String> POSITION = List.of("epoch", "offset");

    private final boolean positions;
    private final List<String> seen = new ArrayList<>();
    private @Nullable String id;
    private @Nullable String type;
    private @Nullable String channel;
    private @Nullable String event;
    private @Nullable StreamPosition since;
    private @Nullable TypedPayload payload;

    /**
     * @param positions whether clients see positions, and so may continue from one
     */
    CommandReader(boolean positions) {
        this.positions = positions;
    }

    /** The request; its tag is the {@code id} as JSON. */
    Request read(byte[] message) {
        var command = command(message);
        return new Request(id, command);
    }

    private Command command(byte[] message) {
        try (var reader = JsonReader.open(message)) {
            if (!reader.isObject()) {
                reader.refuse("message", "a JSON object");
            } else {
                members(reader);
            }
            reader.end();
            var fault = reader.takeFault();
            return fault == null ? command() : new Command.Unreadable(fault);
        } catch (IOException malformed) {
            return new Command.Unreadable(JsonReader.malformed("message", malformed));
        }
    }

    private void members(JsonReader reader) throws IOException {
        while (reader.nextMember()) {
            seen.add(reader.member());
            switch (reader.member()) {
                case "type" -> type = reader.string("type", LONGEST);
                case "id" -> id = id(reader);
                case "channel" -> channel = reader.string("channel", LONGEST);
                case "since" -> since = since(reader);
                case "payload" -> payload = reader.payload();
                case "event" -> event = reader.string("event", LONGEST);
                default -> reader.skip();
            }
        }
    }

    private static @Nullable String id(JsonReader reader) throws IOException {
        var token = reader.token("id");
        return token == null ? null : new String(token, UTF_8);
    }

    private @Nullable StreamPosition since(JsonReader reader) throws IOException {
        if (!positions) {
            reader.refuse(
                    "since",
                    "none: positions are seen only on connections with the query parameter"
                            + " envelope=true");
            return null;
        }
        if (!reader.isObject()) {
            reader.refuse("since", "an object with epoch and offset");
            return null;
        }
        return position(reader);
    }

    private static @Nullable StreamPosition position(JsonReader reader) throws IOException {
        String epoch = null;
        long offset = -1;
        while (reader.nextMember()) {
            var name = reader.member();
            switch (name) {
                case "epoch" -> epoch = reader.string("since.epoch", LONGEST);
                case "offset" -> offset = reader.count("since.offset");
                default -> reader.refuseMember("since." + name, POSITION);
            }
        }
        if (epoch == null || offset < 0) {
            reader.note(
                    JsonReader.missingMember(
                            epoch == null ? "since.epoch" : "since.offset",
                            "the epoch and offset of the last message seen"));
            return null;
        }
        return new StreamPosition(epoch, offset);
    }

    private Command command() {
        if (type == null) {
            return missing("type", "one of " + String.join(", ", TYPES));
        }
        var known = MEMBERS.get(type);
        if (known == null) {
            return new Command.Unreadable(
                    new Refusal(
                            ErrorCode.BAD_REQUEST,
                            "type",
                            type,
                            "one of " + String.join(", ", TYPES)));
        }
        for (var name : seen) {
            if (!known.contains(name)) {
                return new Command.Unreadable(JsonReader.unknownMember(name, known));
            }
        }
        if (type.equals("ping")) {
            return new Command.Ping();
        }
        return channel == null ? missing("channel", "a channel's name") : onChannel(type, channel);
    }

    private Command onChannel(String type, String channel) {
        return switch (type) {
            case "subscribe" -> new Command.Subscribe(channel, since);
            case "unsubscribe" -> new Command.Unsubscribe(channel);
            default -> publish(channel);
        };
    }

    private Command publish(String channel) {
        if (payload == null) {
            return missing("payload", "any JSON value");
        }
        var contradiction = payload.contradiction(event);
        return contradiction != null
                ? new Command.Unreadable(contradiction)
                : new Command.Publish(channel, payload.event(event), payload.payload());
    }

    private static Command missing(String field, String expected) {
        return new Command.Unreadable(JsonReader.missingMember(field, expected));
    }
}
