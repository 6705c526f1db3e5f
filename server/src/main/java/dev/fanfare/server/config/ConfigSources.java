package dev.fanfare.server.config;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the configuration is read from, the strongest source first.
 *
 * @param options given on the command line, by key: {@code port} to {@code 9000}
 * @param systemProperties those that begin with {@code fanfare.} are ours
 * @param directory what relative paths start from, and where {@code fanfare.yaml} is looked for
 * @param file the file named on the command line; null: named by the environment, or the usual one
 */
public record ConfigSources(
        Map<String, String> options,
        Map<String, String> systemProperties,
        Map<String, String> environment,
        Path directory,
        @Nullable Path file) {
    public ConfigSources {
        options = Map.copyOf(options);
        systemProperties = Map.copyOf(systemProperties);
        environment = Map.copyOf(environment);
    }
}
