package dev.fanfare.apps.gifts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What gifts are given to. */
record Target(String type, long id) {
    static final List<String> TYPES = List.of("post", "comment");

    /** Where those are who look at it. */
    String channel() {
        return type + ":" + id;
    }

    Map<String, Object> members() {
        var members = new LinkedHashMap<String, Object>();
        members.put("type", type);
        members.put("id", id);
        return members;
    }
}
