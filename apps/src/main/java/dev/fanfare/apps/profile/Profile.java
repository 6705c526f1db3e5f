package dev.fanfare.apps.profile;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a user shows themselves.
 *
 * @param avatarUrl empty: none
 */
record Profile(long user, String displayName, String bio, String avatarUrl) {
    /** Of a user who has not said anything. */
    static Profile of(long user) {
        return new Profile(user, "Player " + user, "", "");
    }

    Map<String, Object> members() {
        var members = new LinkedHashMap<String, Object>();
        members.put("user_id", user);
        members.put("display_name", displayName);
        members.put("bio", bio);
        members.put("avatar_url", avatarUrl);
        return members;
    }
}
