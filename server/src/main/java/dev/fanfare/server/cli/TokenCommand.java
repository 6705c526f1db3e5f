package dev.fanfare.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fanfare.server.access.Secret;
import dev.fanfare.server.access.TokenMaker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fanfare token}: a token for a client. */
@Command(
        name = "token",
        header = "Makes a client's token.",
        description = {
            "Prints a JSON Web Token (HS256) and nothing else.",
            "Whoever has the secret can make tokens: a backend does it with any JWT library."
        },
        footer = {
            "",
            "Examples:",
            "  ./fanfare token --dev --user 42",
            "  ./fanfare token --dev --user 42 --ttl 15m --claim role=admin --claim 'orgs=[7,8]'",
            "  FANFARE_TOKEN_SECRET=… ./fanfare token --user 42"
        })
final class TokenCommand implements Runnable {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final Console console;
    private final InstantSource clock;

    @Mixin private final ConfigurationOptions configuration;

    @Option(
            names = "--user",
            paramLabel = "ID",
            required = true,
            description = "Whose token it is: any text.")
    private String user = "";

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long it holds: 90s, 15m, 24h, 7d. Default: 24h")
    private Duration lifetime = Duration.ofHours(24);

    @Option(
            names = "--claim",
            paramLabel = "NAME=VALUE",
            description =
                    "What else the token says. A value that is JSON is taken as JSON, anything else"
                            + " as text.")
    private Map<String, String> claims = new LinkedHashMap<>();

    @Option(
            names = "--secret",
            paramLabel = "SECRET",
            description =
                    "The token secret. Default: the configuration's, or FANFARE_TOKEN_SECRET.")
    private @Nullable String secret;

    TokenCommand(Console console, InstantSource clock, ConfigurationOptions configuration) {
        this.console = console;
        this.clock = clock;
        this.configuration = configuration;
    }

    @Override
    public void run() {
        var key = new Secret(secret == null ? configuration.tokenSecret() : secret);
        console.out().println(new TokenMaker(key, clock).make(user, lifetime, claims()));
    }

    private Map<String, Object> claims() {
        var values = new LinkedHashMap<String, Object>();
        claims.forEach(
                (name, value) -> {
                    if (TokenMaker.OWN_CLAIMS.contains(name)) {
                        throw CommandFailure.misused(
                                "--claim: "
                                        + name
                                        + " (expected: another name; use --user and --ttl for"
                                        + " these)");
                    }
                    values.put(name, value(value));
                });
        return values;
    }

    private static Object value(String text) {
        try {
            var value = JSON.readTree(text);
            return value.isMissingNode() ? text : value;
        } catch (JsonProcessingException e) {
            return text;
        }
    }
}
