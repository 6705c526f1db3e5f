package dev.fanfare.server.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.core.access.ChannelOption;
import dev.fanfare.core.access.Grant;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.session.UserCommand;
import dev.fanfare.core.session.UserCommand.Target;
import dev.fanfare.protocols.json.JsonWriter;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link UserCommand} on its way between nodes. */
final class CommandJson {
    private static final String DISCONNECT = "disconnect";
    private static final String SUBSCRIBE = "subscribe";
    private static final String UNSUBSCRIBE = "unsubscribe";
    private static final String REFRESH = "refresh";

    private CommandJson() {}

    static byte[] write(UserCommand command) {
        return Json.object(
                writer -> {
                    var target = command.target();
                    writer.member("user", target.user())
                            .member("client", target.client())
                            .member("session", target.session());
                    switch (command) {
                        case UserCommand.Disconnect disconnect -> write(writer, disconnect);
                        case UserCommand.Subscribe subscribe -> write(writer, subscribe);
                        case UserCommand.Unsubscribe(_, var channel) ->
                                writer.member("kind", UNSUBSCRIBE).member("channel", channel);
                        case UserCommand.Refresh refresh -> write(writer, refresh);
                    }
                });
    }

    private static void write(JsonWriter writer, UserCommand.Disconnect command) {
        writer.member("kind", DISCONNECT)
                .member("code", command.why().code())
                .member("reason", command.why().reason())
                .member("spared")
                .beginArray();
        command.spared().forEach(writer::string);
        writer.endArray();
    }

    private static void write(JsonWriter writer, UserCommand.Subscribe command) {
        var grant = command.grant();
        writer.member("kind", SUBSCRIBE).member("channel", grant.channel());
        Json.payload(writer, "info", grant.info());
        Json.payload(writer, "data", grant.data());
        writer.member("options").beginObject();
        grant.options().forEach((option, value) -> writer.member(option.name(), value));
        writer.endObject();
        var since = command.since();
        if (since != null) {
            writer.member("epoch", since.epoch()).member("offset", since.offset());
        }
        writer.member("expires_at", command.expiresAt());
    }

    private static void write(JsonWriter writer, UserCommand.Refresh command) {
        writer.member("kind", REFRESH);
        Json.payload(writer, "info", command.info());
        var expiresAt = command.expiresAt();
        if (expiresAt != null) {
            writer.member("expires_at", expiresAt);
        }
    }

    /**
     * @throws IllegalArgumentException for a command that this version does not know
     */
    static UserCommand read(byte[] document) {
        var json = Json.read(document);
        var target =
                new Target(
                        Json.text(json, "user"),
                        Json.text(json, "client"),
                        Json.text(json, "session"));
        var kind = Json.text(json, "kind");
        return switch (kind) {
            case DISCONNECT -> disconnect(target, json);
            case SUBSCRIBE ->
                    new UserCommand.Subscribe(
                            target, grant(json), since(json), json.required("expires_at").asLong());
            case UNSUBSCRIBE -> new UserCommand.Unsubscribe(target, Json.text(json, "channel"));
            case REFRESH ->
                    new UserCommand.Refresh(target, expiresAt(json), Json.payload(json, "info"));
            default -> throw new IllegalArgumentException("command: " + kind);
        };
    }

    private static UserCommand disconnect(Target target, JsonNode json) {
        var spared = new HashSet<String>();
        json.required("spared").forEach(client -> spared.add(client.asText()));
        return new UserCommand.Disconnect(
                target,
                spared,
                new Disconnect(json.required("code").asInt(), Json.text(json, "reason")));
    }

    private static Grant grant(JsonNode json) {
        Map<ChannelOption, Boolean> options = new EnumMap<>(ChannelOption.class);
        json.required("options")
                .properties()
                .forEach(
                        option ->
                                options.put(
                                        ChannelOption.valueOf(option.getKey()),
                                        option.getValue().asBoolean()));
        return new Grant(
                Json.text(json, "channel"),
                Json.payload(json, "info"),
                Json.payload(json, "data"),
                options);
    }

    private static @Nullable StreamPosition since(JsonNode json) {
        return json.has("epoch")
                ? new StreamPosition(Json.text(json, "epoch"), json.required("offset").asLong())
                : null;
    }

    private static @Nullable Long expiresAt(JsonNode json) {
        return json.has("expires_at") ? json.required("expires_at").asLong() : null;
    }
}
