package dev.fanfare.server.config;

import static java.util.Map.entry;

import dev.fanfare.server.access.Secret;
import dev.fanfare.server.config.Layers.Given;
import java.util.Map;
import java.util.Set;

/** Development mode: fixed values, so that examples and scripts work. Everybody knows them. */
public final class Development {
    public static final String TOKEN_SECRET = "fanfare-development-secret-0123456789";
    public static final String PUBLISH_TOKEN = "dev-publish-token";
    public static final String API_KEY = "dev-api-key";
    public static final String ABLY_KEY = "dev000.key001:dev-ably-secret";

    static final String HOST = "127.0.0.1";

    /** Nobody waits long for Ctrl-C. */
    private static final String DRAIN = "2s";

    /** Something to play with, in cents. */
    private static final String STARTING_BALANCE = "10000";

    private static final String ORIGINS =
            "http://localhost:*, https://localhost:*, http://127.0.0.1:*, http://[::1]:*";
    private static final String ABLY_SECRET = ABLY_KEY.substring(ABLY_KEY.indexOf(':') + 1);
    private static final Set<String> KNOWN =
            Set.of(TOKEN_SECRET, PUBLISH_TOKEN, API_KEY, ABLY_SECRET);

    private Development() {}

    /** What holds in development mode where nothing else is given. */
    static Map<String, Given> settings() {
        return Map.ofEntries(
                entry(Settings.HOST.key(), given(HOST)),
                entry(Settings.ORIGINS.key(), given(ORIGINS)),
                entry(TokenSettings.CONNECTION.secret().key(), given(TOKEN_SECRET)),
                entry(Settings.PUBLISH_TOKEN.key(), given(PUBLISH_TOKEN)),
                entry(ApiSettings.KEY.key(), given(API_KEY)),
                entry(AblySettings.KEY.key(), given(ABLY_KEY)),
                entry(AblySettings.SANDBOX.key(), given("true")),
                entry(Settings.DRAIN.key(), given(DRAIN)),
                entry(ApplicationSettings.ENABLED.key(), given("true")),
                entry(ApplicationSettings.STARTING_BALANCE.key(), given(STARTING_BALANCE)),
                entry(PushSettings.PROVIDER.key(), given("show")));
    }

    private static Given given(String text) {
        return new Given(text, Origin.DEVELOPMENT);
    }

    static boolean knows(Secret secret) {
        return KNOWN.contains(secret.value());
    }
}
