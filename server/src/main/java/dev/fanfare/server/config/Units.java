package dev.fanfare.server.config;

import java.time.Duration;
import java.util.Map;

/**
 * Sizes and times as people write them: {@code 64KiB}, {@code 25s}. A bare number is bytes, or 0.
 */
final class Units {
    private static final Map<String, Long> SIZES =
            Map.of("GiB", 1L << 30, "MiB", 1L << 20, "KiB", 1L << 10, "B", 1L);
    private static final Map<String, Long> TIMES =
            Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    /** Nine digits of the largest unit still fit into a long. */
    private static final int DIGITS = 9;

    private Units() {}

    static long size(String text) {
        return isNumber(text) ? Long.parseLong(text) : parse(text, SIZES);
    }

    static long millis(String text) {
        return text.equals("0") ? 0 : parse(text, TIMES);
    }

    private static long parse(String text, Map<String, Long> units) {
        for (var unit : units.entrySet()) {
            var number = text.substring(0, Math.max(0, text.length() - unit.getKey().length()));
            if (text.endsWith(unit.getKey()) && isNumber(number.strip())) {
                return Long.parseLong(number.strip()) * unit.getValue();
            }
        }
        throw new IllegalArgumentException("no unit");
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty()
                && text.length() <= DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    static String sizeText(long bytes) {
        return text(bytes, SIZES, "B");
    }

    static String durationText(Duration duration) {
        return text(duration.toMillis(), TIMES, "s");
    }

    /** In the largest unit that leaves no fraction. */
    private static String text(long value, Map<String, Long> units, String unitOfZero) {
        return units.entrySet().stream()
                .filter(unit -> value > 0 && value % unit.getValue() == 0)
                .max(Map.Entry.comparingByValue())
                .map(unit -> value / unit.getValue() + unit.getKey())
                .orElse(value + unitOfZero);
    }
}
