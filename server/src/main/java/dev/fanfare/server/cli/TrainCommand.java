package dev.fanfare.server.cli;

import dev.fanfare.server.access.Secret;
import dev.fanfare.server.access.TokenMaker;
import dev.fanfare.server.config.ConfigLoader;
import dev.fanfare.server.config.ConfigSources;
import dev.fanfare.server.config.Development;
import dev.fanfare.server.config.ServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code fanfare train}: what the launcher runs once after each build, to make the AOT cache. */
@Command(
        name = "train",
        hidden = true,
        header = "Starts a server, loads it a little, and stops it.")
final class TrainCommand implements Runnable {
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);

    private final InstantSource clock;
    private final Server.Starter starter;

    TrainCommand(InstantSource clock, Server.Starter starter) {
        this.clock = clock;
        this.starter = starter;
    }

    @Override
    public void run() {
        var client = HttpClient.newHttpClient();
        try (var server = starter.start(config())) {
            new TrainingLoad(client, server.port(), Development.PUBLISH_TOKEN, this::token).run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            client.shutdownNow();
        }
    }

    /** Nothing that is found around: the same lesson for whoever builds. */
    private static ServerConfig config() {
        var options = Map.of("dev", "true", "port", "0", "shutdown.drain", "0");
        return ConfigLoader.load(
                new ConfigSources(options, Map.of(), Map.of(), Path.of("no-such-directory"), null));
    }

    private String token(int user) {
        var maker = new TokenMaker(new Secret(Development.TOKEN_SECRET), clock);
        return maker.make(Integer.toString(user), TOKEN_LIFETIME, Map.of());
    }
}
