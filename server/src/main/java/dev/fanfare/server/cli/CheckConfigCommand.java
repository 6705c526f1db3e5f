package dev.fanfare.server.cli;

import dev.fanfare.brokers.redis.RedisAddress;
import dev.fanfare.brokers.redis.RedisAddress.Cluster;
import dev.fanfare.brokers.redis.RedisAddress.Node;
import dev.fanfare.brokers.redis.RedisAddress.Sentinel;
import dev.fanfare.brokers.redis.RedisAddress.Standalone;
import dev.fanfare.server.config.DefaultCatalogue;
import dev.fanfare.server.config.Endpoint;
import dev.fanfare.server.config.ServerConfig;
import dev.fanfare.server.config.ServerConfig.Engine.Store;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code fanfare check-config}: what {@code serve} would say of the configuration, without
 * starting.
 */
@Command(
        name = "check-config",
        header = "Checks the configuration and the catalogue of channels.",
        description = "Prints ok and what was found, or everything that is wrong with it.",
        footer = {
            "",
            "Examples:",
            "  ./fanfare check-config --config fanfare.yaml",
            "  ./fanfare check-config --config fanfare.yaml && systemctl restart fanfare"
        })
final class CheckConfigCommand implements Runnable {
    private final Console console;

    @Mixin private final ConfigurationOptions configuration;

    @Option(
            names = "--print-default-catalogue",
            description = "Prints the channels that come with the server, as a start for your own.")
    private boolean printsCatalogue;

    CheckConfigCommand(Console console, ConfigurationOptions configuration) {
        this.console = console;
        this.configuration = configuration;
    }

    @Override
    public void run() {
        if (printsCatalogue) {
            console.out().print(DefaultCatalogue.text());
            console.out().flush();
            return;
        }
        var config = configuration.load(Map.of());
        console.out().print(summary(config));
        console.out().flush();
        config.operation()
                .warnings()
                .forEach(warning -> console.err().println("warning: " + warning));
    }

    private static String summary(ServerConfig config) {
        var address = config.network().address();
        var internal = config.network().internal();
        return """
        ok
          listens    %s:%d
          internal   %s
          endpoints  %s
          channels   %d patterns
          publishing %s
          engine     %s
        """
                .formatted(
                        address.host(),
                        address.port(),
                        internal == null
                                ? "on the same port"
                                : internal.host() + ":" + internal.port(),
                        config.transports().endpoints().stream()
                                .map(Endpoint::path)
                                .collect(Collectors.joining(", ")),
                        config.catalogue().entries().size(),
                        config.publish().token() == null
                                ? "refused: no publish token"
                                : "with the publish token",
                        engine(config.operation().engine().store()));
    }

    private static String engine(Store store) {
        return switch (store) {
            case Store.Memory() -> "memory: this node is alone";
            case Store.Redis redis ->
                    redis.options().shards().stream()
                            .map(CheckConfigCommand::place)
                            .collect(Collectors.joining("; "));
        };
    }

    private static String place(RedisAddress address) {
        var place =
                switch (address) {
                    case Standalone(var node, _) -> "redis " + node;
                    case Sentinel(var nodes, var master, _) ->
                            "redis master " + master + " of the Sentinels " + names(nodes);
                    case Cluster(var nodes, _) -> "redis cluster of " + names(nodes);
                };
        return address.access().tls() ? place + ", with TLS" : place;
    }

    private static String names(List<Node> nodes) {
        return nodes.stream().map(Node::toString).collect(Collectors.joining(", "));
    }
}
