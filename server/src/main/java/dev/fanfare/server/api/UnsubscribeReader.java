package dev.fanfare.server.api;

import dev.fanfare.core.session.UserCommand;
import dev.fanfare.protocols.json.JsonReader;
import java.io.IOException;

/** Reads who is to lose which channel. Made for one. */
final class UnsubscribeReader {
    private final TargetReader target = new TargetReader();
    private String channel = "";

    ApiCommand read(JsonReader reader) throws IOException {
        while (reader.nextMember()) {
            if (reader.member().equals("channel") && !reader.isNull()) {
                channel = reader.text("channel");
            } else {
                target.readMember(reader);
            }
        }
        return target.isMissing() || channel.isEmpty()
                ? new ApiCommand.Refused(ApiError.BAD_REQUEST)
                : new ApiCommand.TellOnChannel(
                        channel, new UserCommand.Unsubscribe(target.target(), channel));
    }
}
