package dev.fanfare.apps.sessions;

import dev.fanfare.apps.web.Refused;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What partners share.
 *
 * @param members in the order in which they came
 */
record Session(String id, List<String> members, Instant createdAt) {
    /** Characters of an id that a backend gives. */
    static final int LONGEST_ID = 64;

    /** What a path, the name of a channel and a list of names carry as it is. */
    private static final Pattern ID = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._~-]+");

    static String requireId(String id) {
        if (!ID.matcher(id).matches()) {
            throw Refused.badRequest(
                    "id", id, "letters of ASCII, digits, - . _ and ~, not . or .. alone");
        }
        return id;
    }

    static String channel(String id) {
        return "beheard:session:" + id;
    }

    static String presenceChannel(String id) {
        return channel(id) + ":presence";
    }

    Map<String, ?> described() {
        var described = new LinkedHashMap<String, Object>();
        described.put("id", id);
        described.put("members", members);
        described.put("createdAt", createdAt.truncatedTo(ChronoUnit.SECONDS).toString());
        return described;
    }
}
