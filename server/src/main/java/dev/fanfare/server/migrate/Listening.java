package dev.fanfare.server.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Addresses, ports, certificates, origins and the server API. */
final class Listening {
    private static final long USUAL_PORT = 8000;
    private static final Pattern ORIGIN =
            Pattern.compile("https?://((\\*\\.)?[a-z0-9.-]+|\\[[0-9a-f:.]+])(:([0-9]+|\\*))?");
    private static final String IN_A_FILE =
            "put it into a file, and name that in tls.certificate" + " or tls.key";

    private final Source source;
    private final Lines out;

    Listening(Source source, Lines out) {
        this.source = source;
        this.out = out;
    }

    void write() {
        out.section("Listening");
        var http = source.group("http_server");
        ports(http);
        tls(http.group("tls"));
        origins(source.group("client"));
        api(source.group("http_api"));
    }

    private void ports(Source http) {
        new Carrier(out).text(http, "address", "host");
        var port = http.number("port");
        if (port != null) {
            out.put("port", port);
        }
        long open = port == null ? USUAL_PORT : port;
        var internal = http.number("internal_port");
        if (internal == null || internal == open) {
            http.lose("internal_address", "there is no internal port of its own");
            return;
        }
        out.put("internal-port", internal);
        new Carrier(out).text(http, "internal_address", "internal-host");
    }

    private void tls(Source tls) {
        if (tls.flag("enabled")) {
            new Carrier(out).text(tls, "cert_pem_file", "tls.certificate");
            new Carrier(out).text(tls, "key_pem_file", "tls.key");
        } else {
            for (var key : List.of("cert_pem_file", "key_pem_file")) {
                tls.lose(key, "it is not enabled");
            }
        }
        for (var key : List.of("cert_pem", "cert_pem_b64", "key_pem", "key_pem_b64")) {
            tls.lose(key, IN_A_FILE);
        }
        tls.loseAll("clients show no certificates here, and versions of TLS are Java's own");
    }

    private void path(Source api) {
        var path = api.text("handler_prefix");
        if (path == null) {
            return;
        }
        if (path.matches("/|(/[A-Za-z0-9._~-]+)+")) {
            out.put("api.path", path);
        } else {
            api.report().lost(api.path("handler_prefix"), "no path for the API here");
        }
    }

    private void origins(Source client) {
        var origins = new ArrayList<String>();
        for (var origin : client.texts("allowed_origins")) {
            var ours = ours(origin.toLowerCase(Locale.ROOT));
            if (ours.isEmpty()) {
                client.report()
                        .lost(
                                client.path("allowed_origins"),
                                origin + " (expected: like https://*.example.com)");
            }
            origins.addAll(ours);
        }
        if (!origins.isEmpty()) {
            out.put("origins", origins);
        }
    }

    /** A star for the scheme stands for both that there are. */
    private static List<String> ours(String origin) {
        if (origin.equals("*")) {
            return List.of(origin);
        }
        var all =
                origin.startsWith("*://")
                        ? Stream.of("http", "https").map(scheme -> scheme + origin.substring(1))
                        : Stream.of(origin);
        return all.filter(one -> ORIGIN.matcher(one).matches()).toList();
    }

    private void api(Source api) {
        out.section("The server API");
        boolean off = api.flag("disabled");
        var key = api.text("key");
        if (key != null && (off || key.contains(","))) {
            api.report()
                    .lost(
                            api.path("key"),
                            off ? "the API is disabled" : "here a comma separates several keys");
        } else if (key != null) {
            out.put("api.key", key);
        }
        if (api.flag("insecure") && !off) {
            api.report().warn(api.path("insecure"), "whoever reaches the API may call it");
            out.comment("DANGEROUS: calls need no key.");
            out.put("api.insecure", true);
        }
        var errors = api.text("error_mode");
        if (errors != null) {
            out.put("api.error-mode", errors.equals("transport") ? "transport" : "body");
        }
        out.put("api.batch-limit", 1_000_000);
        path(api);
        api.lose("external", "the API is on the internal port where there is one");
    }
}
