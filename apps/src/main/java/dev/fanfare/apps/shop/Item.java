package dev.fanfare.apps.shop;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that can be bought.
 *
 * @param price in cents
 */
record Item(String key, String name, String description, long price) {
    Map<String, Object> members() {
        var members = new LinkedHashMap<String, Object>();
        members.put("key", key);
        members.put("name", name);
        members.put("description", description);
        members.put("price_cents", price);
        return members;
    }
}
