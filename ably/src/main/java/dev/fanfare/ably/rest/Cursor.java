package dev.fanfare.ably.rest;

import dev.fanfare.ably.access.Denied;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.protocols.ably.Serials;
import org.jspecify.annotations.Nullable;

/** Where reading goes on, as text. */
final class Cursor {
    private Cursor() {}

    /** Null where nothing follows. */
    static @Nullable String of(@Nullable StreamPosition position) {
        return position == null ? null : Serials.ofChannel(position);
    }

    static StreamPosition position(String cursor) throws Denied {
        return position(Paging.CURSOR, cursor);
    }

    /** Where reading begins that is to find this serial's message as well. */
    static StreamPosition upTo(String serial, boolean backwards) throws Denied {
        var position = position("from_serial", serial);
        return backwards ? position.next() : position;
    }

    private static StreamPosition position(String name, String text) throws Denied {
        var position = Serials.position(text);
        if (position == null) {
            throw Errors.parameter(name, text, "a serial of this channel");
        }
        return position;
    }
}
