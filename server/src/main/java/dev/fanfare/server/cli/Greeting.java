package dev.fanfare.server.cli;

import dev.fanfare.server.config.ServerConfig;
import dev.fanfare.server.config.ServerConfig.Engine.Store;
import java.util.OptionalInt;

/**
 * What {@code fanfare serve} says when clients can connect. In development mode also what it is not
 * fit for, and commands to paste.
 *
 * @param port the real one, as the internal one is
 */
record Greeting(ServerConfig config, int port, OptionalInt internalPort) {
    /** One line. */
    String text() {
        var internal =
                internalPort.isPresent()
                        ? ", internal routes on port " + internalPort.getAsInt()
                        : "";
        return "Fanfare listens on %s%s%n".formatted(url("http", host()), internal);
    }

    /**
     * @param token a client's, good for a while
     * @param adminToken likewise, an administrator's
     */
    String development(String publishToken, String token, String adminToken) {
        return text()
                + """
                DEVELOPMENT MODE: secrets are fixed and public, state is in %6$s, only this machine can connect.

                Publish an event:
                curl -X POST %1$s/internal/publish -H "Content-Type: application/json" \\
                  -H "Authorization: Bearer %2$s" -d '{"channel":"post:123","payload":{"type":"gift.received"}}'

                Receive it, as user 42:
                ./fanfare tail --url %3$s/ws --channels post:123 --token %4$s
                curl -N "%5$s/sse?channels=post:123&token=%4$s"

                In a browser: %5$s/ shows events arriving%8$s

                For what only administrators may, a token of one:
                %7$s
                """
                        .formatted(
                                publishUrl(),
                                publishToken,
                                url("ws", host()),
                                token,
                                url("http", host()),
                                place(),
                                adminToken,
                                applicationPages());
    }

    private String applicationPages() {
        return config.operation().applications() == null
                ? ""
                : ", /stories and /sessions two people each, /docs every route, to try";
    }

    private String place() {
        return switch (config.operation().engine().store()) {
            case Store.Memory() -> "memory";
            case Store.Redis _ -> "Redis";
        };
    }

    private String publishUrl() {
        return internalPort.isPresent()
                ? "http://localhost:" + internalPort.getAsInt()
                : url("http", "localhost");
    }

    private String url(String scheme, String host) {
        return scheme + (config.network().tls() == null ? "" : "s") + "://" + host + ":" + port;
    }

    private String host() {
        var host = config.network().address().host();
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
