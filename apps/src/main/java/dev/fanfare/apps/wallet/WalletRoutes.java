package dev.fanfare.apps.wallet;

import dev.fanfare.apps.database.Database;
import dev.fanfare.apps.web.Access;
import dev.fanfare.apps.web.Answer;
import dev.fanfare.apps.web.Call;
import dev.fanfare.apps.web.Route;
import java.util.List;
import java.util.Map;

/** What a user sees of their wallet. */
public final class WalletRoutes {
    private final Database database;
    private final Wallets wallets;

    public WalletRoutes(Database database, Wallets wallets) {
        this.database = database;
        this.wallets = wallets;
    }

    public List<Route> routes() {
        return List.of(Route.get("/api/wallet", Access.SIGNED_IN, this::show));
    }

    private Answer show(Call call) {
        long user = call.user().number();
        long balance = database.inTransaction(transaction -> wallets.balance(transaction, user));
        return Answer.ok(Map.of("user_id", user, "balance_cents", balance));
    }
}
