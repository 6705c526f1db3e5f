package dev.fanfare.apps.shop;

import dev.fanfare.apps.database.Database;
import dev.fanfare.apps.hub.Action;
import dev.fanfare.apps.hub.HubEvents;
import dev.fanfare.apps.hub.Update;
import dev.fanfare.apps.idempotency.IdempotencyKeys;
import dev.fanfare.apps.wallet.Wallets;
import dev.fanfare.apps.web.Access;
import dev.fanfare.apps.web.Answer;
import dev.fanfare.apps.web.Call;
import dev.fanfare.apps.web.JsonBody;
import dev.fanfare.apps.web.Refused;
import dev.fanfare.apps.web.Route;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Buying: the price leaves the wallet and the item comes, or neither. */
public final class ShopRoutes {
    static final long MOST_AT_ONCE = 100;

    private static final int LONGEST_KEY = 64;

    private final Database database;
    private final IdempotencyKeys keys;
    private final Wallets wallets;
    private final HubEvents hub;
    private final InstantSource clock;
    private final Shelf shelf = new Shelf();

    public ShopRoutes(
            Database database,
            IdempotencyKeys keys,
            Wallets wallets,
            HubEvents hub,
            InstantSource clock) {
        this.database = database;
        this.keys = keys;
        this.wallets = wallets;
        this.hub = hub;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/shop/items", Access.ANYONE, this::items),
                Route.get("/api/shop/inventory", Access.SIGNED_IN, this::inventory),
                Route.post("/api/shop/buy", Access.SIGNED_IN, this::buy));
    }

    private Answer items(Call call) {
        var items = database.read(shelf::items);
        return Answer.ok(Map.of("items", items.stream().map(Item::members).toList()));
    }

    private Answer inventory(Call call) {
        long user = call.user().number();
        var inventory = database.read(handle -> shelf.inventory(handle, user));
        return Answer.ok(Map.of("items", new TreeMap<>(inventory)));
    }

    private Answer buy(Call call) {
        long user = call.user().number();
        var body = JsonBody.read(call.body());
        var key = body.text("item", LONGEST_KEY);
        long quantity = body.has("quantity") ? body.integer("quantity", 1, MOST_AT_ONCE) : 1;
        body.end();
        return keys.once(
                call,
                "POST /api/shop/buy",
                transaction -> Answer.ok(buy(transaction, user, key, quantity)));
    }

    private Map<String, ?> buy(Handle transaction, long user, String key, long quantity) {
        var item =
                shelf.find(transaction, key)
                        .orElseThrow(
                                () ->
                                        Refused.badRequest(
                                                "item", key, "the key of an item of the shop"));
        long total = Math.multiplyExact(item.price(), quantity);
        var purchase = new LinkedHashMap<String, Object>();
        purchase.put("item", item.members());
        purchase.put("quantity", quantity);
        purchase.put("total_amount_cents", total);
        purchase.put("balance_cents", wallets.spend(transaction, user, total));
        purchase.put("owned", shelf.give(transaction, user, item, quantity));
        hub.tell(
                transaction,
                new Action(user, "shop.buy", purchase, clock.instant()),
                List.of(new Update(Update.Kind.PURCHASE, purchase)));
        return purchase;
    }
}
