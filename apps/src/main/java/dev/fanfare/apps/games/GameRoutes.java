package dev.fanfare.apps.games;

import dev.fanfare.apps.database.Database;
import dev.fanfare.apps.hub.Action;
import dev.fanfare.apps.hub.GameEvent;
import dev.fanfare.apps.hub.GameType;
import dev.fanfare.apps.hub.HubEvents;
import dev.fanfare.apps.hub.Update;
import dev.fanfare.apps.idempotency.IdempotencyKeys;
import dev.fanfare.apps.wallet.Wallets;
import dev.fanfare.apps.web.Access;
import dev.fanfare.apps.web.Answer;
import dev.fanfare.apps.web.Call;
import dev.fanfare.apps.web.JsonBody;
import dev.fanfare.apps.web.Route;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;

/**
 * Rounds of games: the bet leaves the wallet and the win comes in, or neither happens and nobody
 * hears of it.
 */
public final class GameRoutes {
    /** In cents. */
    static final long LARGEST_BET = 1_000_000;

    private static final List<Game> GAMES =
            List.of(new Slot(), new RockPaperScissors(), new Gacha(), new Crash());

    private final Database database;
    private final IdempotencyKeys keys;
    private final Wallets wallets;
    private final HubEvents hub;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final GameStats stats = new GameStats();

    /**
     * @param random for many threads at once; whoever can guess it can win
     */
    public GameRoutes(
            Database database,
            IdempotencyKeys keys,
            Wallets wallets,
            HubEvents hub,
            InstantSource clock,
            RandomGenerator random) {
        this.database = database;
        this.keys = keys;
        this.wallets = wallets;
        this.hub = hub;
        this.clock = clock;
        this.random = random;
    }

    public List<Route> routes() {
        var routes = new ArrayList<Route>();
        for (var game : GAMES) {
            routes.add(Route.post(path(game), Access.SIGNED_IN, call -> play(game, call)));
        }
        routes.add(Route.get("/api/stats", Access.SIGNED_IN, this::stats));
        return routes;
    }

    private static String path(Game game) {
        return "/api/games/" + game.type().word() + "/" + game.type().verb();
    }

    private Answer play(Game game, Call call) {
        long user = call.user().number();
        var body = JsonBody.read(call.body());
        long bet = body.integer("bet", 1, LARGEST_BET);
        var round = game.choose(body);
        body.end();
        return keys.once(
                call,
                "POST " + path(game),
                transaction -> Answer.ok(answer(play(transaction, game.type(), user, bet, round))));
    }

    private GameEvent play(
            Handle transaction, GameType game, long user, long bet, Game.Round round) {
        long balance = wallets.spend(transaction, user, bet);
        var draw = round.play(random);
        long payout = draw.payout(bet);
        if (payout > 0) {
            balance = wallets.add(transaction, user, payout);
        }
        stats.count(transaction, user, game, bet, payout);
        var event = new GameEvent(game, user, bet, result(draw, payout), clock.instant(), balance);
        hub.tell(transaction, event);
        hub.tell(transaction, action(event), List.of(update(transaction, event)));
        return event;
    }

    private static Map<String, ?> result(Draw draw, long payout) {
        var result = new TreeMap<>(draw.members());
        result.put("payout_cents", payout);
        return result;
    }

    private static Action action(GameEvent event) {
        var name = event.game().word() + "." + event.game().verb();
        return new Action(event.user(), name, answer(event), event.at());
    }

    private Update update(Handle transaction, GameEvent event) {
        var members = stats.members(transaction, event.user());
        members.put("balance_cents", event.balance());
        return new Update(Update.Kind.STATS, members);
    }

    private static Map<String, ?> answer(GameEvent event) {
        var members = new LinkedHashMap<String, Object>();
        members.put("game_type", event.game().word());
        members.put("bet", event.bet());
        members.put("result", event.result());
        members.put("balance_cents", event.balance());
        return members;
    }

    private Answer stats(Call call) {
        long user = call.user().number();
        return Answer.ok(database.read(handle -> stats.members(handle, user)));
    }
}
