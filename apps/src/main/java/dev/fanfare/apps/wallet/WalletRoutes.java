package dev.fanfare.apps.wallet;

import dev.fanfare.apps.accounts.Accounts;
import dev.fanfare.apps.database.Database;
import dev.fanfare.apps.idempotency.IdempotencyKeys;
import dev.fanfare.apps.web.Access;
import dev.fanfare.apps.web.Answer;
import dev.fanfare.apps.web.Call;
import dev.fanfare.apps.web.JsonBody;
import dev.fanfare.apps.web.Refused;
import dev.fanfare.apps.web.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What a user sees of their wallet, and what administrators put into it. */
public final class WalletRoutes {
    /** The largest deposit, in cents. */
    public static final long LARGEST_DEPOSIT = 1_000_000_000;

    private final Database database;
    private final IdempotencyKeys keys;
    private final Wallets wallets;
    private final Accounts accounts = new Accounts();

    public WalletRoutes(Database database, IdempotencyKeys keys, Wallets wallets) {
        this.database = database;
        this.keys = keys;
        this.wallets = wallets;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/wallet", Access.SIGNED_IN, this::show),
                Route.post("/api/wallet/deposits", Access.ADMIN, this::deposit));
    }

    private Answer show(Call call) {
        long user = call.user().number();
        long balance = database.inTransaction(transaction -> wallets.balance(transaction, user));
        return Answer.ok(wallet(user, balance));
    }

    private Answer deposit(Call call) {
        var body = JsonBody.read(call.body());
        long user = body.integer("user_id", 1, Long.MAX_VALUE);
        long cents = body.integer("amount_cents", 1, LARGEST_DEPOSIT);
        body.end();
        return keys.once(
                call,
                "POST /api/wallet/deposits",
                transaction -> Answer.ok(wallet(user, deposit(transaction, user, cents))));
    }

    private long deposit(Handle transaction, long user, long cents) {
        if (!wallets.exists(transaction, user) && !accounts.exists(transaction, user)) {
            throw Refused.notFound(
                    "user_id", String.valueOf(user), "a user who has an account or a wallet");
        }
        return wallets.add(transaction, user, cents);
    }

    private static Map<String, Object> wallet(long user, long balance) {
        var members = new LinkedHashMap<String, Object>();
        members.put("user_id", user);
        members.put("balance_cents", balance);
        return members;
    }
}
