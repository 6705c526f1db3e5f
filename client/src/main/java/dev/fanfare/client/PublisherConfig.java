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
 * @param maxWaitingPerChannel how many of these may be of one channel, so that a slow one leaves
 *     room for the others
 * @param maxUnderWay events on their way at once, and so connections; more wait
 */
public record PublisherConfig(
        URI publishUrl,
        String token,
        String redisUrl,
        Duration timeout,
        int maxWaiting,
        int maxWaitingPerChannel,
        int maxUnderWay) {
    static final int MAX_WAITING = 10_000;
    static final int MAX_WAITING_PER_CHANNEL = 1_000;
    private static final int MAX_UNDER_WAY = 64;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

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
        requireOne("maxWaiting", maxWaiting);
        requireOne("maxWaitingPerChannel", maxWaitingPerChannel);
        requireOne("maxUnderWay", maxUnderWay);
    }

    /**
     * Without Redis, with a time-out of 2 seconds, 10,000 events that may wait, 1,000 of these of
     * one channel, and 64 under way.
     */
    public static PublisherConfig of(String publishUrl, String token) {
        return new PublisherConfig(
                address(publishUrl),
                token,
                "",
                TIMEOUT,
                MAX_WAITING,
                MAX_WAITING_PER_CHANNEL,
                MAX_UNDER_WAY);
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
        return new PublisherConfig(
                publishUrl, token, url, timeout, maxWaiting, maxWaitingPerChannel, maxUnderWay);
    }

    public PublisherConfig withTimeout(Duration other) {
        return new PublisherConfig(
                publishUrl, token, redisUrl, other, maxWaiting, maxWaitingPerChannel, maxUnderWay);
    }

    public PublisherConfig withMaxWaiting(int events) {
        return new PublisherConfig(
                publishUrl, token, redisUrl, timeout, events, maxWaitingPerChannel, maxUnderWay);
    }

    public PublisherConfig withMaxWaitingPerChannel(int events) {
        return new PublisherConfig(
                publishUrl, token, redisUrl, timeout, maxWaiting, events, maxUnderWay);
    }

    public PublisherConfig withMaxUnderWay(int events) {
        return new PublisherConfig(
                publishUrl, token, redisUrl, timeout, maxWaiting, maxWaitingPerChannel, events);
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
                + ", maxWaitingPerChannel="
                + maxWaitingPerChannel
                + ", maxUnderWay="
                + maxUnderWay
                + "]";
    }

    private static void requireOne(String name, int value) {
        if (value < 1) {
            throw invalid(name, value, "1 or more");
        }
    }

    private static IllegalArgumentException invalid(String name, Object got, String expected) {
        return new IllegalArgumentException(name + ": " + got + " (expected: " + expected + ")");
    }
}
