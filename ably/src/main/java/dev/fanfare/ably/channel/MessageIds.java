package dev.fanfare.ably.channel;

import dev.fanfare.ably.access.Denied;
import dev.fanfare.protocols.ably.ErrorInfo;
import dev.fanfare.protocols.ably.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** The ids of messages that are published together. */
final class MessageIds {
    private static final int BAD_ID = 40031;

    /** What messages get that a connection publishes without ids: its id, msgSerial, index. */
    private static final Pattern OF_CONNECTION =
            Pattern.compile("([A-Za-z0-9_-]{12}):[0-9]+:[0-9]+");

    private MessageIds() {}

    /**
     * Their own; of messages without, those of what they came in. Nobody takes those in advance
     * that the messages of another connection will have: they would pass for repeats.
     *
     * @param base of what they came in
     * @param connectionId that they are published for; empty: none
     */
    static List<String> of(List<WireMessage> messages, String base, String connectionId)
            throws Denied {
        var ids = of(messages, base);
        for (var id : ids) {
            var parts = OF_CONNECTION.matcher(id);
            if (parts.matches() && !parts.group(1).equals(connectionId)) {
                throw new Denied(
                        ErrorInfo.of(BAD_ID, "id: " + id + " (expected: no other connection's)"));
            }
        }
        return ids;
    }

    private static List<String> of(List<WireMessage> messages, String base) throws Denied {
        var own = messages.stream().map(WireMessage::id).filter(Objects::nonNull).toList();
        if (own.isEmpty()) {
            return numbered(base, messages.size());
        }
        if (own.contains("")) {
            throw new Denied(ErrorInfo.of(BAD_ID, "id: empty (expected: one, or none at all)"));
        }
        if (messages.size() > 1) {
            check(own, messages.size());
        }
        return own;
    }

    /** So that what is sent again is recognised, all of it or nothing. */
    private static void check(List<String> own, int count) throws Denied {
        var first = own.getFirst();
        int colon = first.lastIndexOf(':');
        if (colon < 0 || !own.equals(numbered(first.substring(0, colon), count))) {
            throw new Denied(
                    ErrorInfo.of(
                            BAD_ID,
                            "id: %s (expected: of messages sent together <base>:0, <base>:1, …)"
                                    .formatted(String.join(", ", own.stream().limit(3).toList()))));
        }
    }

    private static List<String> numbered(String base, int count) {
        var ids = new ArrayList<String>(count);
        for (int index = 0; index < count; index++) {
            ids.add(base + ":" + index);
        }
        return ids;
    }
}
