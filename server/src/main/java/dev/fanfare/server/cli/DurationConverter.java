package dev.fanfare.server.cli;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Lifetimes as people write them: {@code 24h}. */
final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})([smhd])");

    @Override
    public Duration convert(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            throw new TypeConversionException(
                    "'"
                            + text
                            + "' (expected: a number of seconds, minutes, hours or days: 90s, 15m,"
                            + " 24h, 7d)");
        }
        long amount = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
