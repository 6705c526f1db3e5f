package dev.fanfare.server.cli;

import dev.fanfare.server.access.Secret;
import dev.fanfare.server.config.ConfigException;
import dev.fanfare.server.config.ConfigLoader;
import dev.fanfare.server.config.ConfigSources;
import dev.fanfare.server.config.ServerConfig;
import dev.fanfare.server.config.ServerConfig.Applications;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that needs the configuration, and what it then finds there. */
final class ConfigurationOptions {
    private static final String PUBLISH_TOKEN = "REALTIME_PUBLISH_TOKEN";

    private final ConfigSources surroundings;

    @Option(
            names = "--dev",
            description = "Development mode: secrets that everybody knows, this machine alone.")
    private boolean development;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "The configuration file. Default: FANFARE_CONFIG, else fanfare.yaml where there"
                            + " is one.")
    private @Nullable Path file;

    /**
     * @param surroundings what the process finds; no options and no file
     */
    ConfigurationOptions(ConfigSources surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * @param options by configuration key: stronger than everything else
     */
    ServerConfig load(Map<String, String> options) throws ConfigException {
        return ConfigLoader.load(sources(options));
    }

    /**
     * What the applications need alone.
     *
     * @param options as for {@link #load}
     */
    Applications loadApplications(Map<String, String> options) throws ConfigException {
        return ConfigLoader.applications(sources(options));
    }

    private ConfigSources sources(Map<String, String> options) {
        var all = new HashMap<>(options);
        if (development) {
            all.put("dev", "true");
        }
        return new ConfigSources(
                all,
                surroundings.systemProperties(),
                surroundings.environment(),
                surroundings.directory(),
                file);
    }

    /** The secret that clients' tokens are signed with. */
    String tokenSecret() {
        return secret(
                "token secret: missing (expected: --secret, or FANFARE_TOKEN_SECRET, or --dev for a"
                        + " development server)",
                config -> config.token().secret());
    }

    /** What a backend shows to publish. Whoever has just that needs no other configuration. */
    String publishToken() {
        var variable = surroundings.environment().getOrDefault(PUBLISH_TOKEN, "");
        if (!variable.isEmpty()) {
            return variable;
        }
        return secret(
                "publish token: missing (expected: --token, or REALTIME_PUBLISH_TOKEN, or --dev for"
                        + " a development server)",
                config -> config.publish().token());
    }

    private String secret(String missing, Function<ServerConfig, @Nullable Secret> part) {
        try {
            var secret = part.apply(load(Map.of()));
            if (secret != null) {
                return secret.value();
            }
        } catch (ConfigException e) {
            throw CommandFailure.misused(
                    missing
                            + "\n"
                            + "The configuration has mistakes: ./fanfare check-config tells"
                            + " them");
        }
        throw CommandFailure.misused(missing);
    }
}
