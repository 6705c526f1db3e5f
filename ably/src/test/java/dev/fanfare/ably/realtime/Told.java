package dev.fanfare.ably.realtime;

import dev.fanfare.protocols.ably.Flag;
import dev.fanfare.protocols.ably.Serials;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A protocol message as tests like to read it: {@code attached news:1 psSP resumed}, {@code news:1
 * hello}, {@code ack 3}.
 */
record Told(Map<?, ?> words) {
    private static final List<String> NUMBERS =
            List.of("heartbeat", "ack", "nack", "", "connected", "", "", "", "", "error");

    private static final List<String> ACTIONS =
            List.of("absent", "present", "enter", "leave", "update");

    /**
     * What a client remembers of it.
     *
     * @param doubts gets it where it does not follow what the client remembers
     */
    void remember(Map<String, String> serials, List<String> doubts) {
        if (!List.of(11, 14, 15).contains(action())) {
            return;
        }
        if (!(words.get("channelSerial") instanceof String serial)) {
            serials.remove(channel());
            return;
        }
        var before = serials.put(channel(), serial);
        if (before != null && !follows(before, serial)) {
            doubts.add(inShort() + ": " + serial + " after " + before);
        }
    }

    /** A message the one before it; an attachment what was heard, or it says that it does not. */
    private boolean follows(String before, String serial) {
        var known = Serials.position(before);
        var next = Serials.position(serial);
        if (action() == 11) {
            boolean resumed = flags().contains("resumed");
            return resumed ? next.equals(known) : next.offset() >= known.offset();
        }
        long first = next.offset() - (action() == 15 ? messages().size() : 0);
        return !next.isKnown() || first == known.offset();
    }

    /** Of the messages that it acknowledges. */
    List<?> serialsOr(List<?> otherwise) {
        return words.get("res") instanceof List<?> res
                ? (List<?>) ((Map<?, ?>) res.getFirst()).get("serials")
                : otherwise;
    }

    private int action() {
        return ((Number) words.get("action")).intValue();
    }

    private String channel() {
        return (String) words.get("channel");
    }

    List<String> inShort() {
        return switch (action()) {
            case 11 -> List.of("attached " + channel() + flags() + error());
            case 13 -> List.of("detached " + channel() + error());
            case 14 -> members("");
            case 15 -> messages();
            case 16 -> sync();
            case 9 -> List.of("error " + channel() + error());
            default -> List.of(NUMBERS.get(action()) + " " + words.get("msgSerial") + error());
        };
    }

    private String flags() {
        long flags = ((Number) words.get("flags")).longValue();
        var text = new StringBuilder(" ");
        append(text, flags, Flag.PUBLISH, "p");
        append(text, flags, Flag.SUBSCRIBE, "s");
        append(text, flags, Flag.PRESENCE, "P");
        append(text, flags, Flag.PRESENCE_SUBSCRIBE, "S");
        append(text, flags, Flag.RESUMED, " resumed");
        append(text, flags, Flag.HAS_BACKLOG, " backlog");
        append(text, flags, Flag.HAS_PRESENCE, " presence");
        var params = words.get("params");
        return params == null || ((Map<?, ?>) params).isEmpty()
                ? text.toString()
                : text + " " + params;
    }

    private static void append(StringBuilder text, long flags, long flag, String word) {
        if ((flags & flag) != 0) {
            text.append(word);
        }
    }

    private String error() {
        return words.get("error") instanceof Map<?, ?> error
                ? " " + error.get("code") + "/" + error.get("statusCode")
                : "";
    }

    private List<String> messages() {
        return ((List<?>) words.get("messages"))
                .stream().map(each -> channel() + " " + ((Map<?, ?>) each).get("data")).toList();
    }

    private List<String> sync() {
        var told = new ArrayList<>(members("sync "));
        var serial = (String) words.get("channelSerial");
        told.add(serial.endsWith(":") ? "synced" : "sync goes on");
        return told;
    }

    private List<String> members(String before) {
        return ((List<?>) words.get("presence"))
                .stream().map(each -> before + channel() + " " + member((Map<?, ?>) each)).toList();
    }

    private static String member(Map<?, ?> member) {
        var action = ACTIONS.get(((Number) member.get("action")).intValue());
        @Nullable Object data = member.get("data");
        return action + " " + member.get("clientId") + (data == null ? "" : " " + data);
    }
}
