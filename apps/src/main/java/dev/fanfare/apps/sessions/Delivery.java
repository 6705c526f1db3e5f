package dev.fanfare.apps.sessions;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which way something has gone to a partner.
 *
 * @param reason why it went this way, where that is not plain
 */
public record Delivery(Way way, @Nullable String reason) {
    /** How. */
    public enum Way {
        REALTIME("realtime"),
        PUSH("push"),
        /** Not at all. */
        SKIPPED("skipped");

        private final String word;

        Way(String word) {
            this.word = word;
        }
    }

    static final Delivery REALTIME = new Delivery(Way.REALTIME, null);
    static final Delivery PUSH = new Delivery(Way.PUSH, null);

    static final Delivery PUSH_WITHOUT_ASKING = new Delivery(Way.PUSH, "presence_unknown");
    static final Delivery NO_DEVICE = new Delivery(Way.SKIPPED, "no_push_token");

    Map<String, String> members() {
        var members = new LinkedHashMap<String, String>();
        members.put("delivery", way.word);
        if (reason != null) {
            members.put("reason", reason);
        }
        return members;
    }
}
