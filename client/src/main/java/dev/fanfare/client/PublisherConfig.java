package dev.fanfare.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * Where a {@link Publisher} sends events, and how patiently.
 *
 * @param publishUrl the server: {@code http://localhost:8000}
 * @param token what the server is configured with as {@code publish.token}; it travels in a header,
 *     so it has visible characters of ASCII only
 * @param redisUrl the Redis on which servers listen, where the server cannot be reached: {@code
 *     redis://user:password@host:6379}, {@code rediss} for TLS; empty: none
 * @param timeout of one try, by each way
 * @param maxWaiting events that may wait or be under way; more are refused at once
 */
public record PublisherConfig(
        URI publishUrl, String token, String redisUrl, Duration timeout, int maxWaiting) {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int MAX_WAITING = 10_000;

    public PublisherConfig {
        var scheme = publishUrl.getScheme();
        if (!("http".equals(scheme) || "https".equals(scheme)) || publishUrl.getHost() == null) {
            throw noAddress(publishUrl.toString());
        }
        if (publishUrl.getRawUserInfo() != null) {
            throw invalid(
                    "publishUrl",
                    "user and password for " + publishUrl.getHost(),
                    "an address without them; the token is the credential");
        }
        requireToken(token);
        if (!redisUrl.isEmpty()) {
            RedisDelivery.requireAddress(redisUrl);
        }
        if (timeout.toMillis() < 1) {
            throw invalid("timeout", timeout, "1 ms or more");
        }
        if (maxWaiting < 1) {
            throw invalid("maxWaiting", maxWaiting, "1 or more");
        }
    }

    /** Without Redis, with a time-out of 2 seconds, and 10,000 events that may wait. */
    public static PublisherConfig of(String publishUrl, String token) {
        return new PublisherConfig(address(publishUrl), token, "", TIMEOUT, MAX_WAITING);
    }

    private static URI address(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException noAddress) { // its message shows all of it
            throw noAddress(text);
        }
    }

    private static IllegalArgumentException noAddress(String text) {
        var shown = text.substring(text.lastIndexOf('@') + 1); // before it: user and password
        return invalid("publishUrl", shown, "an address like http://localhost:8000");
    }

    /** Tells where it is wrong, and never what it is. */
    private static void requireToken(String token) {
        if (token.isEmpty()) {
            throw invalid("token", "\"\"", "the server's publish.token");
        }
        for (int i = 0; i < token.length(); i++) {
            if (token.charAt(i) <= ' ' || token.charAt(i) > '~') {
                throw invalid(
                        "token",
                        "character " + (i + 1) + " of " + token.length() + " is not for a header",
                        "visible characters of ASCII, no space and no line break");
            }
        }
    }

    /**
     * {@code REALTIME_PUBLISH_URL} and {@code REALTIME_PUBLISH_TOKEN}; {@code PUBSUB_REDIS_URL}
     * where it is set.
     */
    public static PublisherConfig fromEnvironment() {
        return from(Environment.ofProcess());
    }

    static PublisherConfig from(Environment environment) {
        return of(
                        environment.get("publishUrl", "REALTIME_PUBLISH_URL"),
                        environment.get("token", "REALTIME_PUBLISH_TOKEN"))
                .withRedis(environment.find("PUBSUB_REDIS_URL"));
    }

    public PublisherConfig withRedis(String url) {
        return new PublisherConfig(publishUrl, token, url, timeout, maxWaiting);
    }

    public PublisherConfig withTimeout(Duration other) {
        return new PublisherConfig(publishUrl, token, redisUrl, other, maxWaiting);
    }

    public PublisherConfig withMaxWaiting(int events) {
        return new PublisherConfig(publishUrl, token, redisUrl, timeout, events);
    }

    URI endpoint() {
        return URI.create(publishUrl.toString().replaceFirst("/+$", "") + "/internal/publish");
    }

    /** Without the token and the password. */
    @Override
    public String toString() {
        return "PublisherConfig[publishUrl="
                + publishUrl
                + ", redisUrl="
                + RedisDelivery.shown(redisUrl)
                + ", timeout="
                + timeout
                + ", maxWaiting="
                + maxWaiting
                + "]";
    }

    private static IllegalArgumentException invalid(String name, Object got, String expected) {
        return new IllegalArgumentException(name + ": " + got + " (expected: " + expected + ")");
    }
}
