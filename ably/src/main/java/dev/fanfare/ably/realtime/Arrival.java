package dev.fanfare.ably.realtime;

import dev.fanfare.ably.access.Credentials;
import dev.fanfare.ably.access.Denied;
import dev.fanfare.protocols.ably.ErrorInfo;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for when it comes: the query of its request. Parameters that we do not know
 * are nobody's business: clients send what they like.
 *
 * @param clientId whom it wants to act as; null: as whom its credentials say
 * @param continues the key of the connection that it had; null: it wants a new one
 * @param binary whether it wants msgpack
 * @param heartbeats whether it cannot see a transport's own pings
 * @param presenceGrace how long its members stay where it is lost; null: as usual
 */
public record Arrival(
        Credentials credentials,
        @Nullable String clientId,
        @Nullable String continues,
        boolean binary,
        boolean echo,
        boolean heartbeats,
        @Nullable Duration presenceGrace) {
    private static final int BAD_REQUEST = 40_000;
    private static final long LONGEST_GRACE = 3_600_000;

    /**
     * @param query the first value of each parameter; null: there is none
     * @throws Denied where a value makes no sense
     */
    public static Arrival read(UnaryOperator<@Nullable String> query) throws Denied {
        var resume = query.apply("resume");
        return new Arrival(
                credentials(query),
                query.apply("clientId"),
                resume == null ? query.apply("recover") : resume,
                isBinary(query.apply("format")),
                !"false".equals(query.apply("echo")),
                "true".equals(query.apply("heartbeats")),
                grace(query.apply("remainPresentFor")));
    }

    private static Credentials credentials(UnaryOperator<@Nullable String> query) {
        var key = query.apply("key");
        if (key != null) {
            return new Credentials.Key(key);
        }
        var token = query.apply("access_token");
        token = token == null ? query.apply("accessToken") : token;
        return token == null ? new Credentials.None() : new Credentials.Token(token);
    }

    private static boolean isBinary(@Nullable String format) throws Denied {
        return switch (format) {
            case "msgpack" -> true;
            case "json" -> false;
            case null -> false;
            default -> throw malformed("format", format, "json or msgpack");
        };
    }

    private static @Nullable Duration grace(@Nullable String millis) throws Denied {
        if (millis == null) {
            return null;
        }
        try {
            long value = Long.parseLong(millis);
            if (value >= 0 && value <= LONGEST_GRACE) {
                return Duration.ofMillis(value);
            }
        } catch (NumberFormatException notOne) {
            // told below
        }
        throw malformed("remainPresentFor", millis, "milliseconds, 0 to " + LONGEST_GRACE);
    }

    private static Denied malformed(String field, String got, String expected) {
        return new Denied(
                ErrorInfo.of(BAD_REQUEST, field + ": " + got + " (expected: " + expected + ")"));
    }
}
