package dev.fanfare.server.api;

import dev.fanfare.core.access.ChannelOption;
import dev.fanfare.core.access.Grant;
import dev.fanfare.core.access.Identity;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.session.UserCommand;
import dev.fanfare.protocols.json.JsonReader;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads who is to get which channel, and on what terms. Made for one. */
final class SubscribeReader {
    private final TargetReader target = new TargetReader();
    private final PayloadReader info = new PayloadReader("info");
    private final PayloadReader data = new PayloadReader("data");
    private final Map<ChannelOption, Boolean> options = new EnumMap<>(ChannelOption.class);
    private String channel = "";
    private @Nullable StreamPosition since;
    private @Nullable Long expiresAt;

    ApiCommand read(JsonReader reader) throws IOException {
        while (reader.nextMember()) {
            if (reader.isNull()) {
                reader.skip();
            } else if (!info.takes(reader) && !data.takes(reader)) {
                readMember(reader);
            }
        }
        return target.isMissing() || channel.isEmpty()
                ? new ApiCommand.Refused(ApiError.BAD_REQUEST)
                : new ApiCommand.TellOnChannel(channel, command());
    }

    private UserCommand command() {
        return new UserCommand.Subscribe(
                target.target(),
                new Grant(channel, info.payload(), data.payload(), options),
                since,
                expiresAt == null ? Identity.NEVER : expiresAt);
    }

    private void readMember(JsonReader reader) throws IOException {
        switch (reader.member()) {
            case "channel" -> channel = reader.text("channel");
            case "recover_since" -> since = PositionReader.read(reader, "recover_since");
            case "expire_at" -> expiresAt = ExpiryReader.read(reader);
            case "override" -> readOptions(reader);
            default -> target.readMember(reader);
        }
    }

    private void readOptions(JsonReader reader) throws IOException {
        if (!reader.isObject()) {
            reader.refuse("override", "an object of options");
            return;
        }
        while (reader.nextMember()) {
            var option = option(reader.member());
            if (option == null || reader.isNull()) {
                reader.skip();
            } else {
                readOption(reader, option);
            }
        }
    }

    private static @Nullable ChannelOption option(String word) {
        for (var option : ChannelOption.values()) {
            if (option.name().toLowerCase(Locale.ROOT).equals(word)) {
                return option;
            }
        }
        return null;
    }

    private void readOption(JsonReader reader, ChannelOption option) throws IOException {
        var field = "override." + reader.member();
        if (!reader.isObject()) {
            reader.refuse(field, "an object with value");
            return;
        }
        boolean value = false;
        while (reader.nextMember()) {
            if (reader.member().equals("value") && !reader.isNull()) {
                value = reader.flag(field + ".value");
            } else {
                reader.skip();
            }
        }
        options.put(option, value);
    }
}
