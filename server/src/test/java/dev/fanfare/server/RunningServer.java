package dev.fanfare.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.server.access.Secret;
import dev.fanfare.server.access.TokenMaker;
import dev.fanfare.server.config.ConfigLoader;
import dev.fanfare.server.config.ConfigSources;
import dev.fanfare.server.config.Development;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The whole server in a test's own process, on free ports, in development mode, without
 * applications unless the test enables them, and the ways to talk to it. What a test opens is the
 * test's to close; closing the server ends it too.
 */
final class RunningServer implements AutoCloseable {
    private static final String AUTHORIZATION =
            "Authorization: Bearer " + Development.PUBLISH_TOKEN;
    private static final String JSON = "Content-Type: application/json";

    private final FanfareServer server;
    private final TokenMaker tokens;

    private RunningServer(FanfareServer server, InstantSource clock) {
        this.server = server;
        tokens = new TokenMaker(new Secret(Development.TOKEN_SECRET), clock);
    }

    static RunningServer start() {
        return start("");
    }

    /**
     * @param yaml a configuration file
     */
    static RunningServer start(String yaml) {
        return start(InstantSource.system(), yaml);
    }

    static RunningServer start(InstantSource clock, String yaml) {
        return start(clock, yaml, Map.of("dev", "true"));
    }

    /**
     * @param options stronger than the file, by key
     */
    static RunningServer start(InstantSource clock, String yaml, Map<String, String> options) {
        try {
            var directory = Files.createTempDirectory("fanfare-test");
            var drain = yaml.contains("shutdown.drain") ? "" : "shutdown.drain: 0s\n";
            var applications =
                    yaml.contains("applications.enabled") ? "" : "applications.enabled: false\n";
            Files.writeString(
                    directory.resolve("fanfare.yaml"), "port: 0\n" + drain + applications + yaml);
            var config =
                    ConfigLoader.load(
                            new ConfigSources(options, Map.of(), Map.of(), directory, null));
            delete(directory);
            return new RunningServer(FanfareServer.start(config, clock), clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    int port() {
        return server.port();
    }

    int internalPort() {
        return server.internalPort().orElseThrow();
    }

    String token(String user) {
        return token(user, Map.of());
    }

    String token(String user, Map<String, ?> claims) {
        return tokens.make(user, Duration.ofHours(1), claims);
    }

    String token(String user, Duration lifetime) {
        return tokens.make(user, lifetime, Map.of());
    }

    /** A new connection to the public port. */
    HttpWire connect() {
        return connect(port());
    }

    static HttpWire connect(int port) {
        try {
            return new HttpWire(new Socket(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param target like {@code /ws?token=…}
     * @throws AssertionError where the server refuses
     */
    TestSocket socket(String target, String... headers) {
        return TestSocket.open(connect(), target, headers);
    }

    /** A socket of user 42 on these channels. */
    TestSocket subscriber(String channels) {
        return socket("/ws?token=" + token("42") + "&channels=" + channels);
    }

    /** The answer to a request for a WebSocket that is not granted. */
    HttpAnswer refusal(String target, String... headers) {
        try (var wire = connect()) {
            TestSocket.ask(wire, target, headers);
            return wire.answer();
        }
    }

    LineStream lines(String target, String... headers) {
        return LineStream.open(connect(), target, headers);
    }

    /** As {@link #lines}, asked for by POST. */
    LineStream stream(String target, String body, String... headers) {
        return LineStream.post(connect(), target, body, headers);
    }

    HttpAnswer post(String target, String body, String... headers) {
        try (var wire = connect()) {
            wire.request("POST", target, body.getBytes(UTF_8), headers);
            return wire.answer();
        }
    }

    HttpAnswer get(String target, String... headers) {
        return request("GET", target, headers);
    }

    HttpAnswer request(String method, String target, String... headers) {
        return request(port(), method, target, headers);
    }

    static HttpAnswer request(int port, String method, String target, String... headers) {
        try (var wire = connect(port)) {
            wire.request(method, target, headers);
            return wire.answer();
        }
    }

    /** As a backend does, with the right token. */
    HttpAnswer publish(String body, String... headers) {
        try (var wire = connect()) {
            return publish(wire, body, headers);
        }
    }

    static HttpAnswer publish(HttpWire wire, String body, String... headers) {
        var all = new String[headers.length + 2];
        all[0] = AUTHORIZATION;
        all[1] = JSON;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return post(wire, body, all);
    }

    static HttpAnswer post(HttpWire wire, String body, String... headers) {
        wire.request("POST", "/internal/publish", body.getBytes(UTF_8), headers);
        return wire.answer();
    }

    /** One sample of the metrics, by its name and labels as they are printed; 0 where it is not. */
    double metric(String sample) {
        var text = get("/metrics").body();
        var line = Pattern.compile("(?m)^" + Pattern.quote(sample) + " (\\S+)$").matcher(text);
        return line.find() ? Double.parseDouble(line.group(1)) : 0;
    }

    @Override
    public void close() {
        server.close();
    }
}
