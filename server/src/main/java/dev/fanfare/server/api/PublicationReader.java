package dev.fanfare.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.fanfare.core.channel.Draft;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Version;
import dev.fanfare.protocols.json.JsonReader;
import dev.fanfare.protocols.json.TypedPayload;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what is to be published, for one channel or several. Made for one. */
final class PublicationReader {
    private final ApiLimits limits;
    private String channel = "";
    private List<String> channels = List.of();
    private @Nullable TypedPayload data;
    private String base64 = "";
    private String idempotencyKey = "";
    private Map<String, String> tags = Map.of();
    private boolean delta;
    private boolean skipsHistory;
    private long version;
    private String versionEpoch = "";

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
            case "channels" -> channels = TextList.read(reader, "channels", "channels");
            case "data" -> data = reader.payload();
            case "b64data" -> base64 = reader.text("b64data");
            case "idempotency_key" -> idempotencyKey = reader.text("idempotency_key");
            case "skip_history" -> skipsHistory = reader.flag("skip_history");
            case "delta" -> delta = reader.flag("delta");
            case "tags" -> tags = readTags(reader);
            case "version" -> version = reader.count("version");
            case "version_epoch" -> versionEpoch = reader.text("version_epoch");
            default -> reader.skip();
        }
    }

    private static Map<String, String> readTags(JsonReader reader) throws IOException {
        if (!reader.isObject()) {
            reader.refuse("tags", "an object of strings");
            return Map.of();
        }
        var tags = new HashMap<String, String>();
        while (reader.nextMember()) {
            tags.put(reader.member(), reader.text("tags." + reader.member()));
        }
        return tags;
    }

    /** What is wrong with it, whatever the channel. */
    private @Nullable ApiError refusal() {
        int tagsSize = tags.entrySet().stream().mapToInt(PublicationReader::size).sum();
        if (tagsSize > limits.payload()) {
            return tooLarge("tags", tagsSize);
        }
        if (channels.size() > limits.members()) {
            var most = "at most " + limits.members();
            return ApiError.badRequest("channels", channels.size() + " channels", most);
        }
        return base64.isEmpty() ? dataRefusal() : decode();
    }

    private static int size(Map.Entry<String, String> tag) {
        return tag.getKey().getBytes(UTF_8).length + tag.getValue().getBytes(UTF_8).length;
    }

    private ApiError tooLarge(String field, int size) {
        return ApiError.badRequest(
                field, size + " bytes", "at most " + limits.payload() + " bytes");
    }

    private @Nullable ApiError decode() {
        try {
            data = TypedPayload.of(Base64.getDecoder().decode(base64));
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
        return size <= limits.payload() ? null : tooLarge("data", size);
    }

    private Draft draft(String name) {
        var published = requireNonNull(data);
        return new Draft(
                name,
                idempotencyKey.isEmpty() ? null : idempotencyKey,
                published.type(),
                published.payload(),
                Audience.EVERYONE,
                terms());
    }

    private Draft.Terms terms() {
        var numbered = version < 1 ? null : new Version(version, versionEpoch);
        return new Draft.Terms(tags, delta, skipsHistory, numbered);
    }
}
