package dev.fanfare.apps.games;

import java.util.Iterator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Randomness that is known before. */
final class Numbers implements RandomGenerator {
    private final Iterator<Integer> numbers;

    Numbers(int... numbers) {
        this.numbers = IntStream.of(numbers).iterator();
    }

    @Override
    public int nextInt(int bound) {
        return numbers.next();
    }

    @Override
    public long nextLong() {
        throw new UnsupportedOperationException("nextLong (expected: a number below a bound)");
    }
}
