package dev.fanfare.apps.accounts;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.fanfare.apps.web.Refused;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * How often one address and one name may still try. Each process counts for itself. A success gives
 * no attempt back: whoever guesses could otherwise log in to an account of their own in between.
 * Any thread.
 */
final class Attempts {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** A bucket that nobody has asked for that long is full again. */
    private static final Duration FORGOTTEN = MINUTE.plusSeconds(1);

    /** Of addresses, and of names: more than can be used up from a few networks within a minute. */
    private static final int REMEMBERED = 100_000;

    /** Some proxies say it as well: 192.0.2.1:5678, [2001:db8::1]:5678. */
    private static final Pattern PORT = Pattern.compile("^(?:([0-9.]+)|\\[([^]]*)])(?::[0-9]+)?$");

    /** What a proxy says is only a text. */
    private static final int ADDRESS_LENGTH = 64;

    private final int perMinute;
    private final LoadingCache<String, Bucket> addresses;
    private final LoadingCache<String, Bucket> names;

    Attempts(int perMinute, TimeMeter clock) {
        this.perMinute = perMinute;
        addresses = buckets(clock);
        names = buckets(clock);
    }

    private LoadingCache<String, Bucket> buckets(TimeMeter clock) {
        return Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterAccess(FORGOTTEN)
                .ticker(clock::currentTimeNanos)
                .build(key -> bucket(clock));
    }

    private Bucket bucket(TimeMeter clock) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, MINUTE))
                .withCustomTimePrecision(clock)
                .build();
    }

    /**
     * @throws Refused where one of them has tried too often
     */
    void take(String address, String name) {
        take(addresses.get(network(address)), "address");
        take(names.get(Username.key(name)), "username");
    }

    private void take(Bucket bucket, String field) {
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw Refused.tooMany(
                    field,
                    perMinute + " attempts in a minute",
                    Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    /** Who has one IPv6 address has the 2^64 beside it. */
    private static String network(String address) {
        var text = PORT.matcher(address).replaceFirst("$1$2");
        text = text.substring(0, Math.min(text.length(), ADDRESS_LENGTH));
        try {
            return InetAddress.ofLiteral(text) instanceof Inet6Address wide
                    ? HexFormat.of().formatHex(wide.getAddress(), 0, 8)
                    : text;
        } catch (IllegalArgumentException other) {
            return text;
        }
    }
}
