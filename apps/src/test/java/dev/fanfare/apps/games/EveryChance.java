package dev.fanfare.apps.games;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * Randomness that comes up in every way there is, one after the other, as an odometer turns: an
 * exact expectation instead of a sample.
 */
final class EveryChance implements RandomGenerator {
    private final List<Integer> digits = new ArrayList<>();
    private final List<Integer> bounds = new ArrayList<>();
    private int position;

    private EveryChance() {}

    /** What comes out on average. */
    static double expectation(ToDoubleFunction<RandomGenerator> outcome) {
        var chance = new EveryChance();
        double sum = 0;
        do {
            chance.position = 0;
            double value = outcome.applyAsDouble(chance);
            sum += value * chance.probability();
        } while (chance.turn());
        return sum;
    }

    private double probability() {
        double probability = 1;
        for (int bound : bounds) {
            probability /= bound;
        }
        return probability;
    }

    private boolean turn() {
        while (!digits.isEmpty()) {
            int next = digits.removeLast() + 1;
            int bound = bounds.removeLast();
            if (next < bound) {
                digits.add(next);
                bounds.add(bound);
                return true;
            }
        }
        return false;
    }

    @Override
    public int nextInt(int bound) {
        if (position == digits.size()) {
            digits.add(0);
            bounds.add(bound);
        }
        if (bounds.get(position) != bound) {
            throw new AssertionError("bound: " + bound + " (expected: as the last time)");
        }
        return digits.get(position++);
    }

    @Override
    public long nextLong() {
        throw new UnsupportedOperationException("nextLong (expected: a number below a bound)");
    }
}
