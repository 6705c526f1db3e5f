package dev.fanfare.server.migrate;

import java.util.List;

/** Keys that have nothing to become, and why. */
final class NothingLikeIt {
    /**
     * @param group empty for the whole file
     * @param usual the value that says nothing; mostly none
     */
    private record Key(String group, String key, String usual, String why) {
        Key(String group, String key, String why) {
            this(group, key, "", why);
        }
    }

    private static final String ENGINE = "docs/several-nodes.md says how nodes share Redis here";
    private static final String PROXIES = "this server does not ask backends";
    private static final String OWN = "this server does it its own way";
    private static final String NO_TRANSPORT = "there is no such transport here";
    private static final String NO_PAGE = "there is no such page here";

    private static final List<Key> KEYS =
            List.of(
                    new Key("", "engine", ENGINE),
                    new Key("", "broker", ENGINE),
                    new Key("", "presence_manager", ENGINE),
                    new Key("", "map_broker", ENGINE),
                    new Key("", "redis", ENGINE),
                    new Key("", "proxies", PROXIES),
                    new Key("", "proxy", PROXIES),
                    new Key("client", "proxy", PROXIES),
                    new Key("channel", "proxy", PROXIES),
                    new Key("", "rpc", "there are no methods to call here"),
                    new Key("", "consumers", "backends publish over HTTP here"),
                    new Key("", "grpc_api", "backends call over HTTP here"),
                    new Key("", "uni_grpc", NO_TRANSPORT),
                    new Key("", "webtransport", NO_TRANSPORT),
                    new Key("", "admin", NO_PAGE),
                    new Key("", "swagger", NO_PAGE),
                    new Key("", "debug", NO_PAGE),
                    new Key("", "opentelemetry", "metrics are there for Prometheus alone"),
                    new Key("", "graphite", "metrics are there for Prometheus alone"),
                    new Key("", "usage_stats", "this server tells nobody how it is used"),
                    new Key("", "node", "node.name names a node here"),
                    new Key("", "pid_file", "whoever starts the server knows its process"),
                    new Key("log", "file", "logs go to standard output"),
                    new Key(
                            "emulation",
                            "handler_prefix",
                            "/emulation",
                            "commands come to /emulation here"),
                    new Key(
                            "emulation",
                            "max_request_body_size",
                            "65536",
                            "limits.frame-size holds for all transports"),
                    new Key("http_server", "tls_autocert", "certificates come from files here"),
                    new Key("http_server", "tls_external", "certificates are for the public port"),
                    new Key("http_server", "internal_tls", "the internal port has no TLS"),
                    new Key("http_server", "http3", "there is no HTTP/3 here"),
                    new Key("http_server", "h2c_external", "there is no HTTP/2 here"),
                    new Key(
                            "client",
                            "concurrency",
                            "1",
                            "commands of a connection are carried out one after the other"),
                    new Key(
                            "client",
                            "presence_update_interval",
                            "a member is one for as long as its connection lasts"),
                    new Key(
                            "client",
                            "channel_position_max_time_lag",
                            "who lags is not looked for; delivery.position-check finds gaps"));

    private static final List<String> TRANSPORTS =
            List.of(
                    "websocket",
                    "http_stream",
                    "sse",
                    "uni_websocket",
                    "uni_sse",
                    "uni_http_stream");
    private static final List<String> OF_TRANSPORTS =
            List.of(
                    "read_buffer_size",
                    "write_buffer_size",
                    "use_write_buffer_pool",
                    "write_timeout",
                    "compression",
                    "compression_level",
                    "compression_min_size",
                    "decompressed_message_size_limit",
                    "message_size_limit",
                    "max_request_body_size",
                    "connect_code_to_http_response",
                    "disable_closing_handshake",
                    "disable_disconnect_push",
                    "join_push_messages");

    private static final List<String> OF_NAMESPACES =
            List.of(
                    "map",
                    "shared_poll",
                    "map_clients_presence_channel_prefix",
                    "map_users_presence_channel_prefix");
    private static final List<String> PROXIES_OF_NAMESPACES =
            List.of("subscribe", "publish", "sub_refresh", "subscribe_stream");

    private NothingLikeIt() {}

    static void report(Source source) {
        for (var key : KEYS) {
            var group = key.group().isEmpty() ? source : source.group(key.group());
            group.lose(key.key(), key.usual(), key.why());
        }
        for (var transport : TRANSPORTS) {
            var group = source.group(transport);
            OF_TRANSPORTS.forEach(key -> group.lose(key, OWN));
        }
        var channel = source.group("channel");
        namespace(channel.group("without_namespace"));
        channel.groups("namespaces").forEach(NothingLikeIt::namespace);
    }

    private static void namespace(Source namespace) {
        OF_NAMESPACES.forEach(key -> namespace.lose(key, "there are only streams here"));
        for (var proxy : PROXIES_OF_NAMESPACES) {
            for (var end : List.of("enabled", "name", "bidirectional")) {
                namespace.lose(proxy + "_proxy_" + end, "default", PROXIES);
            }
        }
    }
}
