package dev.fanfare.apps.games;

import dev.fanfare.apps.hub.GameType;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** How users have fared, within the caller's transaction. */
final class GameStats {
    /**
     * Of one game, or of several together. Money in cents.
     *
     * @param won rounds that paid more than the bet
     * @param best the largest pay-out of a round
     */
    record Tally(long rounds, long won, long staked, long paid, long best) {
        private static final Tally NONE = new Tally(0, 0, 0, 0, 0);

        private Tally plus(Tally other) {
            return new Tally(
                    rounds + other.rounds,
                    won + other.won,
                    staked + other.staked,
                    paid + other.paid,
                    Math.max(best, other.best));
        }

        private Map<String, Object> members() {
            var members = new LinkedHashMap<String, Object>();
            members.put("rounds", rounds);
            members.put("rounds_won", won);
            members.put("staked_cents", staked);
            members.put("paid_cents", paid);
            members.put("best_payout_cents", best);
            return members;
        }
    }

    /** The caller holds the user's wallet. */
    void count(Handle transaction, long user, GameType game, long bet, long payout) {
        transaction
                .createUpdate(
                        "insert into game_stats (user_id, game_type, rounds, rounds_won,"
                                + " staked_cents, paid_cents, best_payout_cents)"
                                + " values (:user, :game, 0, 0, 0, 0, 0) on conflict do nothing")
                .bind("user", user)
                .bind("game", game.word())
                .execute();
        transaction
                .createUpdate(
                        "update game_stats set rounds = rounds + 1, rounds_won = rounds_won + :won,"
                                + " staked_cents = staked_cents + :bet,"
                                + " paid_cents = paid_cents + :payout,"
                                + " best_payout_cents = greatest(best_payout_cents, :payout)"
                                + " where user_id = :user and game_type = :game")
                .bind("user", user)
                .bind("game", game.word())
                .bind("won", payout > bet ? 1 : 0)
                .bind("bet", bet)
                .bind("payout", payout)
                .execute();
    }

    /** All games together, and each on its own, also those never played. */
    Map<String, Object> members(Handle transaction, long user) {
        var tallies = tallies(transaction, user);
        var members = tallies.values().stream().reduce(Tally.NONE, Tally::plus).members();
        var games = new LinkedHashMap<String, Object>();
        tallies.forEach((game, tally) -> games.put(game.word(), tally.members()));
        members.put("games", games);
        return members;
    }

    private static Map<GameType, Tally> tallies(Handle transaction, long user) {
        Map<String, Tally> found =
                transaction
                        .createQuery(
                                "select game_type, rounds, rounds_won, staked_cents, paid_cents,"
                                    + " best_payout_cents from game_stats where user_id = :user")
                        .bind("user", user)
                        .map(
                                (row, context) ->
                                        Map.entry(
                                                row.getString("game_type"),
                                                new Tally(
                                                        row.getLong("rounds"),
                                                        row.getLong("rounds_won"),
                                                        row.getLong("staked_cents"),
                                                        row.getLong("paid_cents"),
                                                        row.getLong("best_payout_cents"))))
                        .collectToMap(Map.Entry::getKey, Map.Entry::getValue);
        var tallies = new EnumMap<GameType, Tally>(GameType.class);
        for (var game : GameType.values()) {
            tallies.put(game, found.getOrDefault(game.word(), Tally.NONE));
        }
        return tallies;
    }
}
