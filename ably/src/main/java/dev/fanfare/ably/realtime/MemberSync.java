package dev.fanfare.ably.realtime;

import dev.fanfare.ably.channel.Size;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.protocols.ably.MemberInfo;
import dev.fanfare.protocols.ably.Outgoing;
import dev.fanfare.protocols.ably.WirePresence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Who is on a channel, told in parts. */
final class MemberSync {
    /** Members of one part, at most. */
    static final int PART = 100;

    /**
     * Of one part, at most, as {@link Size} counts: well below the size of a frame however it is
     * written. A larger member has a part of its own.
     */
    static final int PART_BYTES = 65_536;

    private MemberSync() {}

    /**
     * @param sequence names these parts; of letters and digits
     * @param now in milliseconds since 1970
     */
    static List<Outgoing> parts(
            String channel, String sequence, Collection<ClientInfo> members, long now) {
        var all =
                members.stream()
                        .map(each -> MemberInfo.presence(WirePresence.Action.PRESENT, each, now))
                        .toList();
        var parts = new ArrayList<Outgoing>();
        int from = 0;
        do {
            int to = end(all, from);
            var cursor = to == all.size() ? "" : String.valueOf(to);
            parts.add(new Outgoing.Sync(channel, sequence, cursor, all.subList(from, to)));
            from = to;
        } while (from < all.size());
        return parts;
    }

    private static int end(List<WirePresence> all, int from) {
        int to = from;
        long size = 0;
        while (to < all.size() && to - from < PART) {
            size += Size.of(all.get(to));
            if (size > PART_BYTES && to > from) {
                break;
            }
            to++;
        }
        return to;
    }
}
