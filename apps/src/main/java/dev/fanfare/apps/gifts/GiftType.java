package dev.fanfare.apps.gifts;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What can be given.
 *
 * @param kind how it is shown: {@code static}
 * @param price in cents, of one
 */
record GiftType(
        long id, String key, String name, String kind, Media media, long price, boolean isActive) {
    /**
     * What shows it.
     *
     * @param animationUrl empty: it does not move
     */
    record Media(String url, String animationUrl) {}

    /** As clients see it, in this order. */
    Map<String, Object> members() {
        var members = new LinkedHashMap<String, Object>();
        members.put("id", id);
        members.put("key", key);
        members.put("name", name);
        members.put("kind", kind);
        members.put("media_url", media.url());
        members.put("animation_url", media.animationUrl());
        members.put("price_slc_cents", price);
        members.put("is_active", isActive);
        return members;
    }
}
