package dev.fanfare.server.cli;

import dev.fanfare.server.config.ServerConfig;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fanfare serve}: the server itself, until it is told to stop. */
@Command(
        name = "serve",
        header = "Starts the server.",
        description = {
            "Runs until it gets SIGTERM or Ctrl-C: then it tells its clients to come back, and"
                    + " ends.",
            "Options are stronger than the environment, the environment than the configuration"
                    + " file."
        },
        footer = {
            "",
            "Examples:",
            "  ./fanfare serve --dev",
            "  ./fanfare serve --dev --port 9000 --internal-port 9002",
            "  ./fanfare serve --dev --data ./data",
            "  ./fanfare serve --dev --redis redis://127.0.0.1:6379 --port 8001",
            "  FANFARE_TOKEN_SECRET=… REALTIME_PUBLISH_TOKEN=… ./fanfare serve --config"
                    + " fanfare.yaml"
        })
final class ServeCommand implements Runnable {
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(24);

    private final Console console;
    private final InstantSource clock;
    private final Server.Starter starter;

    @Mixin private final ConfigurationOptions configuration;

    @Mixin private final DataOptions data = new DataOptions();

    @Option(names = "--host", paramLabel = "ADDRESS", description = "The address to listen on.")
    private @Nullable String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The public port; 0: any free one. Default: 8000")
    private @Nullable String port;

    @Option(
            names = "--internal-port",
            paramLabel = "PORT",
            description = "Publishing, metrics and health move there. Default: off")
    private @Nullable String internalPort;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description = "What nodes share: memory (nothing) or redis. Default: memory")
    private @Nullable String engine;

    @Option(
            names = "--redis",
            paramLabel = "URL",
            description =
                    "Where Redis is, and that it is the engine. Several: channels are spread over"
                            + " them. Default: redis://127.0.0.1:6379")
    private List<String> redis = List.of();

    ServeCommand(
            Console console,
            InstantSource clock,
            ConfigurationOptions configuration,
            Server.Starter starter) {
        this.console = console;
        this.clock = clock;
        this.configuration = configuration;
        this.starter = starter;
    }

    @Override
    public void run() {
        var config = configuration.load(overrides());
        var server = start(config);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
        console.out().print(greeting(config, server));
        console.out().flush();
        try {
            server.awaitStop();
        } catch (InterruptedException e) {
            server.close();
        }
    }

    private Map<String, String> overrides() {
        var overrides = new HashMap<String, String>();
        putIfGiven(overrides, "host", host);
        putIfGiven(overrides, "port", port);
        putIfGiven(overrides, "internal-port", internalPort);
        if (!redis.isEmpty()) {
            overrides.put("engine", "redis");
            overrides.put("redis.address", String.join(",", redis));
        }
        putIfGiven(overrides, "engine", engine);
        var places = data.settings();
        if (!places.isEmpty()) {
            overrides.putAll(places);
            overrides.put("applications.enabled", "true");
        }
        return overrides;
    }

    private static void putIfGiven(
            Map<String, String> overrides, String key, @Nullable String value) {
        if (value != null) {
            overrides.put(key, value);
        }
    }

    private Server start(ServerConfig config) {
        try {
            return starter.start(config);
        } catch (IOException e) {
            throw CommandFailure.failed(String.valueOf(e.getMessage()));
        }
    }

    private String greeting(ServerConfig config, Server server) {
        var greeting = new Greeting(config, server.port(), server.internalPort());
        var tokens = config.token().connection().maker(clock);
        var publishToken = config.publish().token();
        if (!config.operation().development() || tokens == null || publishToken == null) {
            return greeting.text();
        }
        return greeting.development(
                publishToken.value(),
                tokens.make("42", TOKEN_LIFETIME, Map.of()),
                tokens.make("1", TOKEN_LIFETIME, Map.of("role", "admin")));
    }
}
