package dev.fanfare.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.session.UserCommand;
import dev.fanfare.protocols.json.JsonReader;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads who is to be disconnected, and what they are told. Made for one. */
final class DisconnectReader {
    /** The codes that have a meaning for clients; see {@link Disconnect}. */
    private static final int FIRST_CODE = 3000;

    private static final int LAST_CODE = 4999;

    private final TargetReader target = new TargetReader();
    private Set<String> spared = Set.of();
    private long code;
    private @Nullable String reason;

    ApiCommand read(JsonReader reader) throws IOException {
        while (reader.nextMember()) {
            switch (reader.isNull() ? "" : reader.member()) {
                case "whitelist" ->
                        spared = new HashSet<>(TextList.read(reader, "whitelist", "client ids"));
                case "disconnect" -> readWhy(reader);
                default -> target.readMember(reader);
            }
        }
        if (target.isMissing()) {
            return new ApiCommand.Refused(ApiError.BAD_REQUEST);
        }
        var refusal = refusal();
        return refusal == null
                ? new ApiCommand.Tell(new UserCommand.Disconnect(target.target(), spared, why()))
                : new ApiCommand.Refused(refusal);
    }

    private void readWhy(JsonReader reader) throws IOException {
        if (!reader.isObject()) {
            reader.refuse("disconnect", "an object with code and reason");
            return;
        }
        while (reader.nextMember()) {
            switch (reader.isNull() ? "" : reader.member()) {
                case "code" -> code = reader.number("disconnect.code");
                case "reason" -> reason = reader.text("disconnect.reason");
                default -> reader.skip();
            }
        }
    }

    private @Nullable ApiError refusal() {
        if (code != 0 && (code < FIRST_CODE || code > LAST_CODE)) {
            return ApiError.badRequest(
                    "disconnect.code", String.valueOf(code), FIRST_CODE + " to " + LAST_CODE);
        }
        int length = reason == null ? 0 : reason.getBytes(UTF_8).length;
        return length <= Disconnect.LONGEST_REASON
                ? null
                : ApiError.badRequest(
                        "disconnect.reason",
                        length + " bytes",
                        "at most " + Disconnect.LONGEST_REASON + " bytes");
    }

    /** What is not said is as usual. */
    private Disconnect why() {
        if (code == 0) {
            return reason == null
                    ? Disconnect.FORCED
                    : new Disconnect(Disconnect.FORCED.code(), reason);
        }
        return new Disconnect((int) code, reason == null ? "" : reason);
    }
}
