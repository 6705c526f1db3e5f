package dev.fanfare.client;

import java.net.URI;
import java.time.Duration;

/**
 * Where to publish, and how patiently.
 *
 * @param apiUrl the server, with or without {@code /api} at the end
 * @param timeout of one try
 * @param retries how often a publish is tried again after a failure that may pass
 */
public record RealtimeConfig(URI apiUrl, String apiKey, Duration timeout, int retries) {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int RETRIES = 2;

    public RealtimeConfig {
        var scheme = apiUrl.getScheme();
        if (!("http".equals(scheme) || "https".equals(scheme)) || apiUrl.getHost() == null) {
            throw invalid("apiUrl", apiUrl, "an address like http://localhost:8000");
        }
        if (apiKey.isEmpty()) {
            throw invalid("apiKey", "\"\"", "a key of the server's API");
        }
        if (timeout.isZero() || timeout.isNegative()) {
            throw invalid("timeout", timeout, "more than 0");
        }
        if (retries < 0) {
            throw invalid("retries", retries, "0 or more");
        }
    }

    /** With a time-out of 5 seconds and 2 retries. */
    public static RealtimeConfig of(String apiUrl, String apiKey) {
        return new RealtimeConfig(URI.create(apiUrl), apiKey, TIMEOUT, RETRIES);
    }

    /**
     * {@code FANFARE_API_URL} or {@code CENTRIFUGO_API_URL}, {@code FANFARE_API_KEY} or {@code
     * CENTRIFUGO_API_KEY}.
     */
    public static RealtimeConfig fromEnvironment() {
        return from(Environment.ofProcess());
    }

    static RealtimeConfig from(Environment environment) {
        return of(
                environment.get("apiUrl", "FANFARE_API_URL", "CENTRIFUGO_API_URL"),
                environment.get("apiKey", "FANFARE_API_KEY", "CENTRIFUGO_API_KEY"));
    }

    public RealtimeConfig withTimeout(Duration other) {
        return new RealtimeConfig(apiUrl, apiKey, other, retries);
    }

    public RealtimeConfig withRetries(int other) {
        return new RealtimeConfig(apiUrl, apiKey, timeout, other);
    }

    URI method(String name) {
        var server = apiUrl.toString().replaceFirst("/+$", "").replaceFirst("/api$", "");
        return URI.create(server + "/api/" + name);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "RealtimeConfig[apiUrl="
                + apiUrl
                + ", timeout="
                + timeout
                + ", retries="
                + retries
                + "]";
    }

    private static IllegalArgumentException invalid(String name, Object got, String expected) {
        return new IllegalArgumentException(name + ": " + got + " (expected: " + expected + ")");
    }
}
