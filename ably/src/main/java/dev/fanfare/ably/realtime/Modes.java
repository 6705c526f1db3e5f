package dev.fanfare.ably.realtime;

import dev.fanfare.ably.access.Access;
import dev.fanfare.ably.access.Operation;
import dev.fanfare.protocols.ably.Flag;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What clients want to do on a channel, and may, as bits; see {@link Flag}. */
final class Modes {
    /** All bits that stand for a mode, those that nobody has here among them. */
    private static final long ANY = -1L << 16;

    private Modes() {}

    /**
     * What a client asks for: by words, or else by flags, or else the usual.
     *
     * @param words separated by commas; null: none
     */
    static long asked(@Nullable String words, long flags) {
        if (words != null) {
            return named(words);
        }
        return (flags & ANY) == 0 ? Flag.MODES : flags & Flag.MODES;
    }

    private static long named(String words) {
        long modes = 0;
        for (var word : words.split(",", -1)) {
            modes |=
                    switch (word.strip().toLowerCase(Locale.ROOT)) {
                        case "publish" -> Flag.PUBLISH;
                        case "subscribe" -> Flag.SUBSCRIBE;
                        case "presence" -> Flag.PRESENCE;
                        case "presence_subscribe" -> Flag.PRESENCE_SUBSCRIBE;
                        default -> 0;
                    };
        }
        return modes;
    }

    /** What the capability allows on the channel. */
    static long allowed(Access access, String channel) {
        long modes = 0;
        if (access.allows(Operation.SUBSCRIBE, channel)) {
            modes |= Flag.SUBSCRIBE | Flag.PRESENCE_SUBSCRIBE;
        }
        if (access.allows(Operation.PUBLISH, channel)) {
            modes |= Flag.PUBLISH;
        }
        if (access.allows(Operation.PRESENCE, channel)) {
            modes |= Flag.PRESENCE;
        }
        return modes;
    }
}
