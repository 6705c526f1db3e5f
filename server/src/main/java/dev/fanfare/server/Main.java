package dev.fanfare.server;

import dev.fanfare.server.cli.Console;
import dev.fanfare.server.cli.FanfareCommand;
import dev.fanfare.server.cli.Server;
import dev.fanfare.server.config.ConfigSources;
import dev.fanfare.server.config.ServerConfig;
import dev.fanfare.server.log.Logs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the server's process begins. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] arguments) {
        var surroundings =
                new ConfigSources(Map.of(), systemProperties(), System.getenv(), Path.of(""), null);
        System.exit(FanfareCommand.run(Console.system(), surroundings, Main::start, arguments));
    }

    private static Map<String, String> systemProperties() {
        var properties = System.getProperties();
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    private static Server start(ServerConfig config) throws IOException {
        Logs.apply(config.operation().log());
        config.operation().warnings().forEach(LOG::warn);
        return FanfareServer.start(config, InstantSource.system());
    }
}
