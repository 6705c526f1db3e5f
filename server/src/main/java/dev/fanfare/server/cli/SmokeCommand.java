package dev.fanfare.server.cli;

import dev.fanfare.server.access.Secret;
import dev.fanfare.server.access.TokenMaker;
import dev.fanfare.server.config.Development;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fanfare smoke}: can a user connect to the sync hub? */
@Command(
        name = "smoke",
        header = "Connects to the sync hub of a running server, and says how long that took.",
        description = {
            "Tries /api/realtime/sync, which has to say sync_connected, then /api/games/ws, which"
                    + " has to say ws_ack.",
            "Without --token and --user it is user 42 who connects, with the configured secret or"
                    + " that of the development mode.",
            "Which one answered goes to standard output, everything else to standard error."
        },
        footer = {
            "",
            "Examples:",
            "  ./fanfare smoke",
            "  ./fanfare smoke --dev --user 7",
            "  ./fanfare smoke --token \"$TOKEN\" --url https://example.com --timeout 10s"
        })
final class SmokeCommand implements Runnable {
    private static final String ANYBODY = "42";
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    /** Where users connect, the one to prefer first. */
    private static final List<Encounter> ENDPOINTS =
            List.of(
                    new Encounter("/api/realtime/sync", "sync_connected"),
                    new Encounter("/api/games/ws", "ws_ack"));

    private final Console console;
    private final InstantSource clock;

    @Mixin private final ConfigurationOptions configuration;

    @ArgGroup private @Nullable ClientToken token;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The server. Default: ${DEFAULT-VALUE}")
    private URI url = URI.create("http://127.0.0.1:8000");

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long each endpoint may take. Default: 5s")
    private Duration timeout = Duration.ofSeconds(5);

    SmokeCommand(Console console, InstantSource clock, ConfigurationOptions configuration) {
        this.console = console;
        this.clock = clock;
        this.configuration = configuration;
    }

    @Override
    public void run() {
        Urls.check(url, "http", "https");
        var credential = credential();
        var client = HttpClient.newHttpClient();
        try {
            for (var endpoint : ENDPOINTS) {
                switch (endpoint.with(client, url, credential, timeout)) {
                    case Encounter.Answered(var millis) -> {
                        console.out()
                                .printf(
                                        "%s answered %s in %d ms%n",
                                        endpoint.path(), endpoint.greeting(), millis);
                        return;
                    }
                    case Encounter.Failed(var why) ->
                            console.err().println(endpoint.path() + ": " + why);
                    case Encounter.Absent() ->
                            throw CommandFailure.failed(
                                    "no server at "
                                            + url
                                            + "\nStart one first, for example: ./fanfare serve"
                                            + " --dev");
                }
            }
        } finally {
            client.shutdownNow();
        }
        throw CommandFailure.failed("nobody can connect to " + url);
    }

    private String credential() {
        return token == null
                ? new TokenMaker(new Secret(secret()), clock).make(ANYBODY, LIFETIME, Map.of())
                : token.tokens(configuration, clock).get();
    }

    /** Whoever configures nothing tries a server of the development mode. */
    private String secret() {
        try {
            return configuration.tokenSecret();
        } catch (CommandFailure nothingConfigured) {
            return Development.TOKEN_SECRET;
        }
    }
}
