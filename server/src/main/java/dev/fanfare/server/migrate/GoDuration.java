package dev.fanfare.server.migrate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times as programs in Go write them, {@code 1h30m}, and as we do. */
final class GoDuration {
    private static final Pattern PARTS =
            Pattern.compile("((\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h|d))+|0");
    private static final Pattern PART =
            Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h|d)");
    private static final Map<String, Duration> UNITS =
            Map.of(
                    "ns", Duration.ofNanos(1),
                    "us", Duration.ofNanos(1000),
                    "µs", Duration.ofNanos(1000),
                    "μs", Duration.ofNanos(1000),
                    "ms", Duration.ofMillis(1),
                    "s", Duration.ofSeconds(1),
                    "m", Duration.ofMinutes(1),
                    "h", Duration.ofHours(1),
                    "d", Duration.ofDays(1));

    private GoDuration() {}

    /** In whole milliseconds, rounded up; null: it is no time. */
    static @Nullable Duration parse(String text) {
        if (!PARTS.matcher(text).matches()) {
            return null;
        }
        var nanos = BigDecimal.ZERO;
        var parts = PART.matcher(text);
        while (parts.find()) {
            long unit = UNITS.getOrDefault(parts.group(2), Duration.ZERO).toNanos();
            var amount = parts.group(1).endsWith(".") ? parts.group(1) + "0" : parts.group(1);
            nanos = nanos.add(new BigDecimal(amount).multiply(BigDecimal.valueOf(unit)));
        }
        var millis = nanos.divide(BigDecimal.valueOf(1_000_000), 0, RoundingMode.CEILING);
        return Duration.ofMillis(millis.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue());
    }

    /** One number and one unit. */
    static String ours(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = duration.toSeconds();
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
