package dev.fanfare.apps.games;

import dev.fanfare.apps.hub.GameType;
import dev.fanfare.apps.web.JsonBody;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * One to ten pulls, the bet shared equally among them. Each pull is of a rarity, whatever the
 * others are, and pays its part of the bet as often as the rarity says. Of all bets 94.5 % come
 * back, however many pulls there are.
 */
final class Gacha implements Game {
    static final int MOST_PULLS = 10;

    private static final int CHANCES = 1000;

    /**
     * How many of a thousand pulls are of it, and what hundredths of its part of the bet it pays.
     */
    enum Rarity {
        COMMON(700, 25),
        UNCOMMON(200, 100),
        RARE(80, 300),
        EPIC(18, 1000),
        LEGENDARY(2, 7500);

        private final int chances;
        private final int hundredths;

        Rarity(int chances, int hundredths) {
            this.chances = chances;
            this.hundredths = hundredths;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * @param number from 0 to 999, all equally likely
         */
        static Rarity of(int number) {
            int left = number;
            for (var rarity : values()) {
                left -= rarity.chances;
                if (left < 0) {
                    return rarity;
                }
            }
            throw new IllegalArgumentException("number: " + number + " (expected: 0 to 999)");
        }
    }

    /** What has been pulled. */
    record Pulled(List<Rarity> pulls) implements Draw {
        Pulled {
            pulls = List.copyOf(pulls);
        }

        @Override
        public long payout(long bet) {
            long hundredths = pulls.stream().mapToLong(pull -> pull.hundredths).sum();
            return bet * hundredths / (100L * pulls.size());
        }

        @Override
        public Map<String, Object> members() {
            return Map.of("pulls", pulls.stream().map(Rarity::word).toList());
        }
    }

    @Override
    public GameType type() {
        return GameType.GACHA;
    }

    @Override
    public Round choose(JsonBody body) {
        int pulls = (int) body.integer("pulls", 1, MOST_PULLS);
        return random -> pull(pulls, random);
    }

    static Pulled pull(int pulls, RandomGenerator random) {
        return new Pulled(
                Stream.generate(() -> Rarity.of(random.nextInt(CHANCES))).limit(pulls).toList());
    }
}
