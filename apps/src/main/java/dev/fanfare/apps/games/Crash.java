package dev.fanfare.apps.games;

import static java.math.RoundingMode.UNNECESSARY;

import dev.fanfare.apps.hub.GameType;
import dev.fanfare.apps.web.JsonBody;
import dev.fanfare.apps.web.Refused;
import java.math.BigDecimal;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A multiplier rises from 1.00 until it crashes. Who has chosen to cash out before, or right there,
 * gets the bet times their choice; everybody else nothing. It reaches a multiplier with the
 * probability 0.97 / multiplier, so that 97 % of all bets come back, whatever players choose.
 */
final class Crash implements Game {
    static final BigDecimal LEAST = new BigDecimal("1.01");
    static final BigDecimal MOST = new BigDecimal("1000.00");

    private static final int CHANCES = 1_000_000;
    private static final long RETURNED_HUNDREDTHS = 97;

    /**
     * How far it went.
     *
     * @param cashOutAt in hundredths
     * @param crashedAt in hundredths, 100 at least
     */
    record Flown(long cashOutAt, long crashedAt) implements Draw {
        @Override
        public long payout(long bet) {
            return crashedAt >= cashOutAt ? bet * cashOutAt / 100 : 0;
        }

        @Override
        public Map<String, Object> members() {
            return Map.of(
                    "cash_out_at",
                    BigDecimal.valueOf(cashOutAt, 2),
                    "crashed_at",
                    BigDecimal.valueOf(crashedAt, 2),
                    "cashed_out",
                    crashedAt >= cashOutAt);
        }
    }

    @Override
    public GameType type() {
        return GameType.CRASH;
    }

    @Override
    public Round choose(JsonBody body) {
        var multiplier = body.decimal("cash_out_at", LEAST, MOST);
        if (multiplier.stripTrailingZeros().scale() > 2) {
            throw Refused.badRequest(
                    "cash_out_at", multiplier.toString(), "a number with two decimals at most");
        }
        long hundredths = multiplier.setScale(2, UNNECESSARY).unscaledValue().longValueExact();
        return random -> fly(hundredths, random);
    }

    static Flown fly(long cashOutAt, RandomGenerator random) {
        long number = 1L + random.nextInt(CHANCES);
        return new Flown(cashOutAt, Math.max(100, RETURNED_HUNDREDTHS * CHANCES / number));
    }
}
