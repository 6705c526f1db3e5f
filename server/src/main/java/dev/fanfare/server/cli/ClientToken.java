package dev.fanfare.server.cli;

import dev.fanfare.server.access.Secret;
import dev.fanfare.server.access.TokenMaker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that connects as a client: who it is, said in one of two ways. */
final class ClientToken {
    private static final Duration LIFETIME = Duration.ofHours(24);

    @Option(names = "--token", paramLabel = "TOKEN", description = "A client's token.")
    private @Nullable String token;

    @Option(
            names = "--user",
            paramLabel = "ID",
            description = "Makes a token for this user, as fanfare token does.")
    private @Nullable String user;

    /** Gives the token that came, or a new one each time. */
    Supplier<String> tokens(ConfigurationOptions configuration, InstantSource clock) {
        var given = token;
        if (given != null) {
            return () -> given;
        }
        var owner = user == null ? "" : user;
        var maker = new TokenMaker(new Secret(configuration.tokenSecret()), clock);
        return () -> maker.make(owner, LIFETIME, Map.of());
    }
}
