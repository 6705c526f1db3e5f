package dev.fanfare.server.api;

import dev.fanfare.core.session.UserCommand;
import dev.fanfare.protocols.json.JsonReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads what is to change for a user's connections. Made for one. */
final class RefreshReader {
    private static final Long LONG_AGO = 0L;

    private final TargetReader target = new TargetReader();
    private final PayloadReader info = new PayloadReader("info");
    private boolean expired;
    private @Nullable Long expiresAt;

    ApiCommand read(JsonReader reader) throws IOException {
        while (reader.nextMember()) {
            if (reader.isNull()) {
                reader.skip();
            } else if (!info.takes(reader)) {
                readMember(reader);
            }
        }
        return target.isMissing()
                ? new ApiCommand.Refused(ApiError.BAD_REQUEST)
                : new ApiCommand.Tell(
                        new UserCommand.Refresh(
                                target.target(), expired ? LONG_AGO : expiresAt, info.payload()));
    }

    private void readMember(JsonReader reader) throws IOException {
        switch (reader.member()) {
            case "expired" -> expired = reader.flag("expired");
            case "expire_at" -> expiresAt = ExpiryReader.read(reader);
            default -> target.readMember(reader);
        }
    }
}
