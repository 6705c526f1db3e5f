package dev.fanfare.server.config;

import dev.fanfare.core.channel.Catalogue;
import dev.fanfare.core.session.SessionRules.Grace;
import dev.fanfare.core.session.SessionRules.MessageBudget;
import dev.fanfare.server.config.ServerConfig.Address;
import dev.fanfare.server.config.ServerConfig.Api;
import dev.fanfare.server.config.ServerConfig.Compatible;
import dev.fanfare.server.config.ServerConfig.Delivery;
import dev.fanfare.server.config.ServerConfig.Limits;
import dev.fanfare.server.config.ServerConfig.Log;
import dev.fanfare.server.config.ServerConfig.Network;
import dev.fanfare.server.config.ServerConfig.Operation;
import dev.fanfare.server.config.ServerConfig.Publish;
import dev.fanfare.server.config.ServerConfig.Streaming;
import dev.fanfare.server.config.ServerConfig.Tls;
import dev.fanfare.server.config.ServerConfig.Transports;
import dev.fanfare.server.config.ServerConfig.WebSocket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the typed configuration from the settings, and checks them against each other. */
final class ConfigReader {
    private final Layers layers;
    private final Path directory;
    private final boolean development;

    /**
     * @param directory what relative paths start from
     */
    ConfigReader(Layers layers, Path directory, boolean development) {
        this.layers = layers;
        this.directory = directory;
        this.development = development;
    }

    ServerConfig read(
            Limits limits, Catalogue catalogue, List<Endpoint> endpoints, AblyOptions ably) {
        var secrets = new Secrets(layers, development);
        var token = new TokenReader(layers, secrets, directory).read(!endpoints.isEmpty());
        var network = network();
        return new ServerConfig(
                network,
                token,
                publish(secrets, limits),
                limits,
                new Transports(endpoints, webSocket(), streaming(), compatible(), ably),
                catalogue,
                operation(network, secrets));
    }

    private Network network() {
        var address = new Address(layers.get(Settings.HOST), layers.get(Settings.PORT));
        return new Network(
                address,
                internal(address),
                tls(),
                new AllowedOrigins(layers.get(Settings.ORIGINS)),
                eventLoops(),
                new Delivery(layers.get(Settings.MAX_DELAY), layers.get(Settings.POSITION_CHECK)),
                layers.get(Settings.DRAIN));
    }

    private int eventLoops() {
        int given = layers.get(Settings.EVENT_LOOPS);
        return given == 0 ? Runtime.getRuntime().availableProcessors() : given;
    }

    private @Nullable Address internal(Address address) {
        int port = layers.get(Settings.INTERNAL_PORT);
        if (port == Settings.NO_PORT) {
            return null;
        }
        if (port == address.port() && port != 0) {
            layers.refuse(Settings.INTERNAL_PORT, "another port than the public one");
        }
        var host = layers.find(Settings.INTERNAL_HOST);
        return new Address(host == null ? address.host() : host, port);
    }

    private @Nullable Tls tls() {
        var certificate = file(Settings.TLS_CERTIFICATE);
        var key = file(Settings.TLS_KEY);
        if (certificate != null && key != null) {
            return new Tls(certificate, key);
        }
        requireBoth(Settings.TLS_CERTIFICATE, Settings.TLS_KEY);
        requireBoth(Settings.TLS_KEY, Settings.TLS_CERTIFICATE);
        return null;
    }

    private void requireBoth(Setting<Path> given, Setting<Path> other) {
        if (layers.has(given) && !layers.has(other)) {
            layers.refuse(other, "a PEM file, because " + given.key() + " is set");
        }
    }

    private @Nullable Path file(Setting<Path> setting) {
        var path = layers.find(setting);
        if (path == null) {
            return null;
        }
        var file = directory.resolve(path);
        if (!Files.isReadable(file)) {
            layers.refuse(setting, "a PEM file that can be read");
        }
        return file;
    }

    private Publish publish(Secrets secrets, Limits limits) {
        int payloadLimit = layers.get(Settings.PUBLISH_PAYLOAD_LIMIT);
        if (payloadLimit > limits.outboundBuffer()) {
            layers.refuse(
                    Settings.PUBLISH_PAYLOAD_LIMIT,
                    "at most " + LimitSettings.OUTBOUND_BUFFER.key());
        }
        return new Publish(
                secrets.publishToken(),
                layers.get(Settings.PUBLISH_BODY_LIMIT),
                payloadLimit,
                layers.get(Settings.PUBLISH_BATCH_LIMIT),
                api(secrets),
                layers.find(RedisSettings.PUBSUB));
    }

    private Api api(Secrets secrets) {
        return new Api(
                secrets.apiKeys(),
                layers.get(ApiSettings.INSECURE),
                layers.get(ApiSettings.PATH),
                layers.get(ApiSettings.ERROR_MODE),
                layers.get(ApiSettings.BODY_LIMIT),
                layers.get(ApiSettings.BATCH_LIMIT));
    }

    Limits limits() {
        return new Limits(
                new Limits.Connections(
                        layers.get(LimitSettings.CONNECTIONS),
                        layers.get(LimitSettings.CONNECTIONS_PER_USER),
                        layers.get(LimitSettings.CONNECTIONS_PER_SECOND),
                        layers.get(LimitSettings.REQUEST_TIMEOUT),
                        layers.get(LimitSettings.CONNECT_TIMEOUT)),
                layers.get(LimitSettings.CHANNELS),
                layers.get(LimitSettings.FRAME_SIZE),
                budget(),
                layers.get(LimitSettings.OUTBOUND_BUFFER),
                layers.get(LimitSettings.WAITING_COMMANDS),
                layers.get(LimitSettings.RECOVERED_PUBLICATIONS));
    }

    private @Nullable MessageBudget budget() {
        int perSecond = layers.get(LimitSettings.MESSAGES_PER_SECOND);
        int burst = layers.get(LimitSettings.MESSAGE_BURST);
        return perSecond == Settings.OFF ? null : new MessageBudget(perSecond, burst);
    }

    private WebSocket webSocket() {
        return new WebSocket(
                layers.get(Settings.PING_INTERVAL),
                layers.get(Settings.PONG_TIMEOUT),
                layers.get(Settings.COMPRESSION),
                layers.get(Settings.COMPRESSION_MIN_SIZE));
    }

    private Compatible compatible() {
        return new Compatible(
                new Grace(
                        layers.get(CentrifugeSettings.REFRESH_GRACE),
                        layers.get(CentrifugeSettings.SUBSCRIPTION_REFRESH_GRACE)),
                layers.get(CentrifugeSettings.HISTORY_LIMIT),
                layers.get(CentrifugeSettings.SERVER_TIME));
    }

    private Streaming streaming() {
        return new Streaming(layers.get(Settings.HEARTBEAT), layers.get(Settings.RETRY));
    }

    private Operation operation(Network network, Secrets secrets) {
        var log = new Log(layers.get(Settings.LOG_FORMAT), layers.get(Settings.LOG_LEVEL));
        return new Operation(
                development,
                layers.get(Settings.METRICS),
                log,
                nodeName(network),
                new EngineReader(layers, directory).read(),
                new ApplicationReader(layers, directory, development).read(),
                warnings(network, secrets));
    }

    private String nodeName(Network network) {
        var given = layers.find(Settings.NODE_NAME);
        return given == null ? hostName() + "_" + network.address().port() : given;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    private List<String> warnings(Network network, Secrets secrets) {
        var warnings = new ArrayList<>(secrets.warnings());
        var host = network.address().host();
        if (development && !host.equals(Development.HOST)) {
            warnings.add("development mode, with secrets that everybody knows, on " + host);
        }
        return warnings;
    }
}
