package dev.fanfare.ably.realtime;

import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.protocols.ably.MemberInfo;
import dev.fanfare.protocols.ably.Outgoing;
import dev.fanfare.protocols.ably.WirePresence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Who is on a channel, told in parts. */
final class MemberSync {
    /** Members of one part. */
    static final int PART = 100;

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
            int to = Math.min(from + PART, all.size());
            var cursor = to == all.size() ? "" : String.valueOf(to);
            parts.add(new Outgoing.Sync(channel, sequence, cursor, all.subList(from, to)));
            from = to;
        } while (from < all.size());
        return parts;
    }
}
