package dev.fanfare.apps.profile;

import dev.fanfare.apps.database.Database;
import dev.fanfare.apps.hub.Action;
import dev.fanfare.apps.hub.HubEvents;
import dev.fanfare.apps.hub.Update;
import dev.fanfare.apps.wallet.Wallets;
import dev.fanfare.apps.web.Access;
import dev.fanfare.apps.web.Answer;
import dev.fanfare.apps.web.Call;
import dev.fanfare.apps.web.JsonBody;
import dev.fanfare.apps.web.Refused;
import dev.fanfare.apps.web.Route;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Days in a row: one claim a day, each with a reward that is paid to the wallet. */
public final class StreakRoutes {
    private final Database database;
    private final Wallets wallets;
    private final HubEvents hub;
    private final InstantSource clock;
    private final Streaks streaks = new Streaks();

    public StreakRoutes(Database database, Wallets wallets, HubEvents hub, InstantSource clock) {
        this.database = database;
        this.wallets = wallets;
        this.hub = hub;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/api/streak", Access.SIGNED_IN, this::show),
                Route.post("/api/streak/claim", Access.SIGNED_IN, this::claim));
    }

    private Answer show(Call call) {
        long user = call.user().number();
        var streak = database.read(handle -> streaks.get(handle, user));
        return Answer.ok(streak.members(Streak.day(clock.instant())));
    }

    private Answer claim(Call call) {
        long user = call.user().number();
        if (call.body().length > 0) {
            JsonBody.read(call.body()).end();
        }
        return Answer.ok(database.inTransaction(transaction -> claim(transaction, user)));
    }

    private Map<String, ? extends @Nullable Object> claim(Handle transaction, long user) {
        var before = streaks.lock(transaction, user);
        var now = clock.instant();
        var today = Streak.day(now);
        if (before.isClaimed(today)) {
            throw alreadyClaimed(before.nextClaim(today), now);
        }
        var streak = before.claimed(today);
        streaks.keep(transaction, user, streak);
        var reward = reward(transaction, user, streak);
        var claim = new LinkedHashMap<String, @Nullable Object>(streak.members(today));
        claim.put("reward", reward);
        hub.tell(
                transaction,
                new Action(user, "streak.claim", claim, now),
                List.of(
                        new Update(Update.Kind.STREAK, streak.members(today)),
                        new Update(Update.Kind.REWARD, reward)));
        return claim;
    }

    private Map<String, ?> reward(Handle transaction, long user, Streak streak) {
        long cents = streak.reward();
        var reward = new LinkedHashMap<String, Object>();
        reward.put("reason", "streak");
        reward.put("reward_cents", cents);
        reward.put("balance_cents", wallets.add(transaction, user, cents));
        return reward;
    }

    private static Refused alreadyClaimed(Instant next, Instant now) {
        return Refused.conflict(
                "already_claimed",
                "streak",
                "claimed today",
                "a claim from " + HubEvents.timestamp(next) + " on",
                Duration.between(now, next));
    }
}
