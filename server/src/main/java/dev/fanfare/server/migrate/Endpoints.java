package dev.fanfare.server.migrate;

import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Where clients connect: exactly the transports that were on. */
final class Endpoints {
    /**
     * A transport.
     *
     * @param key its group of keys
     * @param path where it is unless something else is said
     */
    private record Transport(String key, String path, String ours) {
        boolean isOneWay() {
            return key.startsWith("uni_");
        }
    }

    private static final Transport WEBSOCKET =
            new Transport("websocket", "/connection/websocket", "centrifuge");
    private static final Transport INIT =
            new Transport("init", "/connection/init", "centrifuge-init");
    private static final List<Transport> OTHERS =
            List.of(
                    new Transport(
                            "http_stream", "/connection/http_stream", "centrifuge-http-stream"),
                    new Transport("sse", "/connection/sse", "centrifuge-sse"),
                    new Transport(
                            "uni_websocket",
                            "/connection/uni_websocket",
                            "centrifuge-uni-websocket"),
                    new Transport("uni_sse", "/connection/uni_sse", "centrifuge-uni-sse"),
                    new Transport(
                            "uni_http_stream",
                            "/connection/uni_http_stream",
                            "centrifuge-uni-http-stream"),
                    INIT);

    private final Source source;
    private final Visitors visitors;
    private final Lines out;
    private final @Nullable String disconnects;

    Endpoints(Source source, Visitors visitors, Lines out) {
        this.source = source;
        this.visitors = visitors;
        this.out = out;
        disconnects =
                codes(
                        source.group("client").group("connect_code_to_unidirectional_disconnect"),
                        "code",
                        "reason");
    }

    void write() {
        out.section("Where clients connect");
        var socket = source.group("websocket");
        boolean hasSocket = !socket.flag("disabled");
        var others = OTHERS.stream().filter(this::isOn).toList();
        if (!hasSocket && others.isEmpty()) {
            out.raw("endpoints", "[]");
            return;
        }
        out.list("endpoints");
        if (hasSocket) {
            write(WEBSOCKET);
        } else {
            socket.lose("handler_prefix", WEBSOCKET.path(), "the transport is disabled");
        }
        others.forEach(this::write);
        if (visitors.newest() && others.stream().anyMatch(other -> !other.equals(INIT))) {
            source.report()
                    .note(
                            "client.subscribe_to_user_personal_channel.single_connection",
                            "holds for each endpoint by itself");
        }
    }

    private boolean isOn(Transport transport) {
        var group = source.group(transport.key());
        boolean on = group.flag("enabled");
        if (!on) {
            group.loseAll(transport.key() + ".enabled is false");
        }
        return on;
    }

    private void write(Transport transport) {
        var group = source.group(transport.key());
        out.item();
        out.put("path", path(group, transport));
        out.put("transport", transport.ours());
        if (transport.equals(INIT)) {
            return;
        }
        visitors();
        if (transport.isOneWay()) {
            oneWay(group);
        }
    }

    private static String path(Source group, Transport transport) {
        var given = group.text("handler_prefix");
        if (given == null) {
            return transport.path();
        }
        var path = given.startsWith("/") ? given : "/" + given;
        if (path.matches("(/[A-Za-z0-9._~-]+)+")
                && !path.matches("/(internal|health|metrics|emulation|api)(/.*)?")) {
            return path;
        }
        group.report().lost(group.path("handler_prefix"), "no path for an endpoint here");
        return transport.path();
    }

    private void visitors() {
        if (visitors.anonymous()) {
            out.put("anonymous", true);
        }
        if (visitors.named()) {
            out.put("anonymous-tokens", false);
        }
        if (visitors.header() != null) {
            out.put("user-header", visitors.header());
        }
        if (visitors.insecure()) {
            out.comment("DANGEROUS: everybody may do everything here.");
            out.put("insecure", true);
        }
        if (visitors.channel() != null) {
            out.put("channels", List.of(visitors.channel()));
        }
        if (visitors.newest()) {
            out.put("connections", "newest");
        }
    }

    private void oneWay(Source group) {
        var carrier = new Carrier(out);
        carrier.flag(group, "disable_closing_handshake", "disable-closing-handshake");
        carrier.flag(group, "disable_disconnect_push", "disable-disconnect-push");
        carrier.flag(group, "join_push_messages", "join-push-messages");
        if (disconnects != null) {
            out.raw("connect-code-to-disconnect", disconnects);
        }
        var answers = codes(group.group("connect_code_to_http_response"), "status_code", "body");
        if (answers != null) {
            out.raw("connect-code-to-http-response", answers);
        }
    }

    /**
     * What stands for a code, as a group in braces; null where nothing does.
     *
     * @param number the key of its number, and {@code text} that of its words
     */
    private static @Nullable String codes(Source group, String number, String text) {
        boolean enabled = group.flag("enabled");
        var codes = new StringJoiner(", ", "{ ", " }");
        boolean any = false;
        for (var each : group.groups("transforms")) {
            var code = each.number("code");
            var to = each.group("to");
            var value = to.number(number);
            var words = to.text(text);
            if (code == null || value == null) {
                each.report().lost(each.path("to"), "both codes are needed");
                continue;
            }
            any = true;
            codes.add(
                    "%d: { %s: %d, %s: %s }"
                            .formatted(
                                    code,
                                    number.equals("code") ? "code" : "status",
                                    value,
                                    text,
                                    Lines.quoted(words == null ? "" : words)));
        }
        if (any && !enabled) {
            group.report().lost(group.path("transforms"), "they are not enabled");
        }
        return any && enabled ? codes.toString() : null;
    }
}
