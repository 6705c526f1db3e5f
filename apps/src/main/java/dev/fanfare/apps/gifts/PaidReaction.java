package dev.fanfare.apps.gifts;

import dev.fanfare.client.Message;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A gift that was given and paid; as a message, the event that tells of it.
 *
 * @param total in cents, of all of them
 * @param createdAt whole seconds
 */
record PaidReaction(
        long id,
        Target target,
        long sender,
        GiftType giftType,
        long quantity,
        long total,
        Instant createdAt)
        implements Message {
    /** In this order. */
    @Override
    public Map<String, Object> members() {
        var members = new LinkedHashMap<String, Object>();
        members.put("type", "gift.received");
        members.put("id", id);
        members.put("target", target.members());
        members.put("sender", Map.of("id", sender));
        members.put("gift_type", giftType.members());
        members.put("quantity", quantity);
        members.put("total_amount_cents", total);
        members.put("created_at", createdAt.toString());
        return members;
    }
}
