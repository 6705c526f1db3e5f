package dev.fanfare.apps.gifts;

import dev.fanfare.apps.event.Events;
import dev.fanfare.apps.wallet.Wallets;
import dev.fanfare.apps.web.Refused;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jdbi.v3.core.Handle;

/** Gives gifts: pays for them, writes them down, and tells of them. */
final class Gifts {
    /** What a user wants to give. */
    record Wish(Target target, String giftType, long quantity) {}

    /**
     * What was given.
     *
     * @param balance what its sender has left, in cents
     */
    record Given(PaidReaction reaction, long balance) {}

    private final Wallets wallets;
    private final Events events;
    private final InstantSource clock;

    Gifts(Wallets wallets, Events events, InstantSource clock) {
        this.wallets = wallets;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Within the caller's transaction; those who look are told once that commits.
     *
     * @throws Refused where there is no such type, or it is inactive, or the sender has too little
     */
    Given give(Handle transaction, long sender, Wish wish) {
        var type = type(transaction, wish.giftType());
        long total = Math.multiplyExact(type.price(), wish.quantity());
        long balance = wallets.spend(transaction, sender, total);
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        long id = insert(transaction, sender, wish, type.id(), total, now);
        var reaction =
                new PaidReaction(id, wish.target(), sender, type, wish.quantity(), total, now);
        events.emit(transaction, wish.target().channel(), reaction);
        return new Given(reaction, balance);
    }

    private static GiftType type(Handle transaction, String key) {
        var type =
                GiftTypes.find(transaction, key)
                        .orElseThrow(
                                () ->
                                        Refused.badRequest(
                                                "gift_type",
                                                key,
                                                "the key of a type that GET /api/gift-types"
                                                        + " lists"));
        if (!type.isActive()) {
            throw Refused.conflict(
                    "gift_type_inactive",
                    "gift_type",
                    key + ", which is inactive",
                    "an active type, see GET /api/gift-types");
        }
        return type;
    }

    private static long insert(
            Handle transaction, long sender, Wish wish, long type, long total, Instant now) {
        return transaction
                .createUpdate(
                        "insert into paid_reaction (target_type, target_id, sender_id,"
                                + " gift_type_id, quantity, total_amount_cents, created_at)"
                                + " values (:target_type, :target_id, :sender, :type, :quantity,"
                                + " :total, :now)")
                .bind("target_type", wish.target().type())
                .bind("target_id", wish.target().id())
                .bind("sender", sender)
                .bind("type", type)
                .bind("quantity", wish.quantity())
                .bind("total", total)
                .bind("now", now)
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
    }
}
