package dev.fanfare.protocols.ably;

import dev.fanfare.core.model.StreamPosition;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Positions in the protocol's words. A channel's serial is {@code <offset in 14
 * digits>-000@<epoch>}, so that those of one epoch sort as their texts do; a message's has {@code
 * :000} behind it.
 */
public final class Serials {
    private static final int DIGITS = 14;
    private static final String COUNTER = "-000@";
    private static final String INDEX = ":000";
    private static final Pattern SERIAL =
            Pattern.compile("([0-9]{14,18})-[0-9]{3}@([^:]*)(:[0-9]{3})?");

    private Serials() {}

    /** Where a channel stands. */
    public static String ofChannel(StreamPosition position) {
        var offset = Long.toString(position.offset());
        return "0".repeat(Math.max(0, DIGITS - offset.length()))
                + offset
                + COUNTER
                + position.epoch();
    }

    public static String ofMessage(StreamPosition position) {
        return ofChannel(position) + INDEX;
    }

    /**
     * The position that a serial of either kind tells; {@link StreamPosition#NONE} where the
     * channel had none.
     *
     * @return null where the text is no serial of ours
     */
    public static @Nullable StreamPosition position(String serial) {
        var parts = SERIAL.matcher(serial);
        return parts.matches()
                ? new StreamPosition(parts.group(2), Long.parseLong(parts.group(1)))
                : null;
    }
}
