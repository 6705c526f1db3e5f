package dev.fanfare.server.api;

import static java.util.Objects.requireNonNull;

import dev.fanfare.core.channel.Draft;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Payload;
import dev.fanfare.protocols.json.JsonReader;
import dev.fanfare.protocols.json.TypedPayload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what is to be published, for one channel or several. Made for one. */
final class PublicationReader {
    private final ApiLimits limits;
    private String channel = "";
    private List<String> channels = List.of();
    private @Nullable TypedPayload data;
    private String base64 = "";
    private String idempotencyKey = "";
    private boolean skipsHistory;
    private boolean isTagged;
    private long version;

    PublicationReader(ApiLimits limits) {
        this.limits = limits;
    }

    ApiCommand readPublish(JsonReader reader) throws IOException {
        readMembers(reader);
        if (channel.isEmpty()) {
            return new ApiCommand.Refused(ApiError.BAD_REQUEST);
        }
        var refusal = refusal();
        return refusal != null
                ? new ApiCommand.Refused(refusal)
                : new ApiCommand.Publish(draft(channel));
    }

    ApiCommand readBroadcast(JsonReader reader) throws IOException {
        readMembers(reader);
        if (channels.isEmpty()) {
            return new ApiCommand.Refused(ApiError.BAD_REQUEST);
        }
        var refusal = refusal();
        return refusal != null
                ? new ApiCommand.Refused(refusal)
                : new ApiCommand.Broadcast(channels.stream().map(this::draft).toList());
    }

    private void readMembers(JsonReader reader) throws IOException {
        while (reader.nextMember()) {
            if (!reader.isNull() || reader.member().equals("data")) {
                readMember(reader);
            }
        }
    }

    private void readMember(JsonReader reader) throws IOException {
        switch (reader.member()) {
            case "channel" -> channel = reader.text("channel");
            case "channels" -> channels = readChannels(reader);
            case "data" -> data = reader.payload();
            case "b64data" -> base64 = reader.text("b64data");
            case "idempotency_key" -> idempotencyKey = reader.text("idempotency_key");
            case "skip_history" -> skipsHistory = reader.flag("skip_history");
            case "tags" -> isTagged = readsTags(reader);
            case "version" -> version = reader.number("version");
            default -> reader.skip();
        }
    }

    private List<String> readChannels(JsonReader reader) throws IOException {
        if (!reader.isArray()) {
            reader.refuse("channels", "a list of channels");
            return List.of();
        }
        var names = new ArrayList<String>();
        while (reader.nextElement()) {
            names.add(reader.text("channels"));
        }
        return names;
    }

    private static boolean readsTags(JsonReader reader) throws IOException {
        if (!reader.isObject()) {
            reader.refuse("tags", "an object of strings");
            return false;
        }
        boolean any = false;
        while (reader.nextMember()) {
            reader.text("tags");
            any = true;
        }
        return any;
    }

    /** What is wrong with it, whatever the channel. */
    private @Nullable ApiError refusal() {
        if (version != 0) {
            return notSupported("version", String.valueOf(version));
        }
        if (isTagged) {
            return notSupported("tags", "an object");
        }
        if (skipsHistory) {
            return notSupported("skip_history", "true");
        }
        if (channels.size() > limits.members()) {
            var most = "at most " + limits.members();
            return ApiError.badRequest("channels", channels.size() + " channels", most);
        }
        return base64.isEmpty() ? dataRefusal() : decode();
    }

    private static ApiError notSupported(String field, String got) {
        return ApiError.badRequest(field, got, "nothing: this is not supported yet");
    }

    private @Nullable ApiError decode() {
        try {
            var bytes = Base64.getDecoder().decode(base64);
            data = new TypedPayload(Payload.of(bytes, Payload.Format.BINARY), null);
        } catch (IllegalArgumentException wrong) {
            return ApiError.badRequest("b64data", "another text", "base64 (RFC 4648, section 4)");
        }
        return dataRefusal();
    }

    private @Nullable ApiError dataRefusal() {
        if (data == null) {
            return ApiError.BAD_REQUEST;
        }
        int size = data.payload().size();
        return size <= limits.payload()
                ? null
                : ApiError.badRequest(
                        "data", size + " bytes", "at most " + limits.payload() + " bytes");
    }

    private Draft draft(String name) {
        var published = requireNonNull(data);
        return new Draft(
                name,
                idempotencyKey.isEmpty() ? null : idempotencyKey,
                published.type(),
                published.payload(),
                Audience.EVERYONE);
    }
}
