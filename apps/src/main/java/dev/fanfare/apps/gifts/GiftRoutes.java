package dev.fanfare.apps.gifts;

import dev.fanfare.apps.database.Database;
import dev.fanfare.apps.event.Events;
import dev.fanfare.apps.gifts.Gifts.Given;
import dev.fanfare.apps.gifts.Gifts.Wish;
import dev.fanfare.apps.idempotency.IdempotencyKeys;
import dev.fanfare.apps.wallet.Wallets;
import dev.fanfare.apps.web.Access;
import dev.fanfare.apps.web.Answer;
import dev.fanfare.apps.web.Call;
import dev.fanfare.apps.web.JsonBody;
import dev.fanfare.apps.web.Route;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What can be given, and giving it. */
public final class GiftRoutes {
    /** How many of a type one gift has at most. */
    public static final int MOST_AT_ONCE = 1000;

    private static final int LONGEST_KEY = 64;

    private final Database database;
    private final IdempotencyKeys keys;
    private final Gifts gifts;

    public GiftRoutes(
            Database database,
            IdempotencyKeys keys,
            Wallets wallets,
            Events events,
            InstantSource clock) {
        this.database = database;
        this.keys = keys;
        gifts = new Gifts(wallets, events, clock);
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/gift-types", Access.ANYONE, this::types),
                Route.post("/api/gifts", Access.SIGNED_IN, this::give));
    }

    private Answer types(Call call) {
        var types = database.read(GiftTypes::active);
        return Answer.ok(Map.of("gift_types", types.stream().map(GiftType::members).toList()));
    }

    private Answer give(Call call) {
        long sender = call.user().number();
        var wish = wish(JsonBody.read(call.body()));
        return keys.once(
                call,
                "POST /api/gifts",
                transaction -> created(gifts.give(transaction, sender, wish)));
    }

    private static Wish wish(JsonBody body) {
        var target = body.object("target");
        var wish =
                new Wish(
                        new Target(
                                target.oneOf("type", Target.TYPES),
                                target.integer("id", 1, Long.MAX_VALUE)),
                        body.text("gift_type", LONGEST_KEY),
                        body.has("quantity") ? body.integer("quantity", 1, MOST_AT_ONCE) : 1);
        target.end();
        body.end();
        return wish;
    }

    private static Answer created(Given given) {
        var members = new LinkedHashMap<String, Object>();
        members.put("gift", given.reaction().members());
        members.put("balance_cents", given.balance());
        return Answer.created(members);
    }
}
