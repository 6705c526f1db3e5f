package dev.fanfare.ably.realtime;

import dev.fanfare.ably.access.Denied;
import dev.fanfare.protocols.ably.ChannelName;
import dev.fanfare.protocols.ably.ErrorInfo;

/** The names of channels as clients write them. */
final class Names {
    private Names() {}

    /**
     * @throws Denied where there can be no such channel here
     */
    static ChannelName ordinary(String written) throws Denied {
        var name = ChannelName.parse(written);
        if (name == null) {
            throw new Denied(ChannelName.invalid(written));
        }
        if (name.kind() != ChannelName.Kind.ORDINARY) {
            throw new Denied(
                    ErrorInfo.of(
                            ChannelName.INVALID,
                            "channel: %s (expected: one without meta and filter)"
                                    .formatted(written)));
        }
        return name;
    }
}
