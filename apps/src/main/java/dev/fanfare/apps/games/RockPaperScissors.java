package dev.fanfare.apps.games;

import dev.fanfare.apps.hub.GameType;
import dev.fanfare.apps.web.JsonBody;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The house shows each hand equally often. A win pays 1.90 times the bet, a draw gives it back. Of
 * all bets 96.67 % come back.
 */
final class RockPaperScissors implements Game {
    private static final int WIN_HUNDREDTHS = 190;

    /** What can be shown. */
    enum Hand {
        ROCK,
        PAPER,
        SCISSORS;

        private static final List<String> WORDS = Stream.of(values()).map(Hand::word).toList();

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private Hand beaten() {
            return switch (this) {
                case ROCK -> SCISSORS;
                case PAPER -> ROCK;
                case SCISSORS -> PAPER;
            };
        }

        static Hand of(String word) {
            return values()[WORDS.indexOf(word)];
        }
    }

    /** How it ends for the player. */
    enum Outcome {
        DRAW,
        WIN,
        LOSS
    }

    /** What both have shown. */
    record Shown(Hand player, Hand house) implements Draw {
        Outcome outcome() {
            if (player == house) {
                return Outcome.DRAW;
            }
            return player.beaten() == house ? Outcome.WIN : Outcome.LOSS;
        }

        @Override
        public long payout(long bet) {
            return switch (outcome()) {
                case WIN -> bet * WIN_HUNDREDTHS / 100;
                case DRAW -> bet;
                case LOSS -> 0;
            };
        }

        @Override
        public Map<String, Object> members() {
            return Map.of(
                    "choice",
                    player.word(),
                    "house",
                    house.word(),
                    "outcome",
                    outcome().name().toLowerCase(Locale.ROOT));
        }
    }

    @Override
    public GameType type() {
        return GameType.RPS;
    }

    @Override
    public Round choose(JsonBody body) {
        var player = Hand.of(body.oneOf("choice", Hand.WORDS));
        return random -> show(player, random);
    }

    static Shown show(Hand player, RandomGenerator random) {
        return new Shown(player, Hand.values()[random.nextInt(Hand.values().length)]);
    }
}
