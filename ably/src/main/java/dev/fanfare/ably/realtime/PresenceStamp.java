package dev.fanfare.ably.realtime;

import dev.fanfare.ably.access.Denied;
import dev.fanfare.ably.channel.Author;
import dev.fanfare.protocols.ably.ErrorInfo;
import dev.fanfare.protocols.ably.WirePresence;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a connection says of its members gets from its server: whose it is, when it was, and an id
 * by which others see what is newer.
 *
 * @param now in milliseconds since 1970
 */
record PresenceStamp(Author author, long msgSerial, long now) {
    private static final ErrorInfo NOBODY =
            new ErrorInfo(91000, 400, "clientId: none (expected: that of a member)");
    private static final ErrorInfo ABSENT =
            ErrorInfo.of(40000, "action: 0, absent (expected: 1 to 4)");
    private static final Pattern ID = Pattern.compile(".*:([0-9]{1,18}):([0-9]{1,9})");

    List<WirePresence> all(List<WirePresence> events) throws Denied {
        var stamped = new ArrayList<WirePresence>(events.size());
        for (int index = 0; index < events.size(); index++) {
            stamped.add(one(events.get(index), index));
        }
        return stamped;
    }

    private WirePresence one(WirePresence event, int index) throws Denied {
        if (event.action() == WirePresence.Action.ABSENT) {
            throw new Denied(ABSENT);
        }
        var clientId = author.client(event.clientId());
        if (clientId.isEmpty()) {
            throw new Denied(NOBODY);
        }
        return new WirePresence(
                event.action(),
                id(event.id(), index),
                clientId,
                author.connectionId(),
                event.data(),
                now,
                event.extras());
    }

    /** Members that a client brings back keep their ids, as long as the connection is the same. */
    private String id(@Nullable String given, int index) {
        var prefix = author.connectionId() + ':';
        return given != null && given.startsWith(prefix) ? given : prefix + msgSerial + ':' + index;
    }

    /** Of two that one connection has said of a member. */
    static boolean isNewer(WirePresence event, WirePresence known) {
        var one = ID.matcher(String.valueOf(event.id()));
        var other = ID.matcher(String.valueOf(known.id()));
        if (!one.matches() || !other.matches()) {
            return true;
        }
        int order = Long.compare(Long.parseLong(one.group(1)), Long.parseLong(other.group(1)));
        return order == 0
                ? Integer.parseInt(one.group(2)) > Integer.parseInt(other.group(2))
                : order > 0;
    }
}
