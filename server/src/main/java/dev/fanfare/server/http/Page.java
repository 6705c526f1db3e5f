package dev.fanfare.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * An HTML page from the class path, with its style and script inside. It loads nothing from
 * elsewhere, and its headers forbid that it could: the browser runs the very script that the file
 * has, known by its hash, and talks to this server alone.
 */
public final class Page implements Handler<HttpServerRequest> {
    private static final String SETTINGS = "{{settings}}";
    private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);
    private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);
    private static final String TYPE = "text/html; charset=utf-8";

    private final String html;
    private final String policy;
    private final Function<HttpServerRequest, String> settings;

    private Page(String html, Function<HttpServerRequest, String> settings) {
        this.html = html;
        this.settings = settings;
        policy =
                "default-src 'none'; connect-src 'self'; img-src data:; style-src "
                        + hash(STYLE, html)
                        + "; script-src "
                        + hash(SCRIPT, html)
                        + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /**
     * @param resource an absolute name on the class path
     * @param settings JSON for the page's script, made for each request
     */
    public static Page load(String resource, Function<HttpServerRequest, String> settings) {
        try (var in = Page.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(
                        "page: " + resource + " (expected: on the class path)");
            }
            return new Page(new String(in.readAllBytes(), UTF_8), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whoever wants a WebSocket here finds nothing. */
    @Override
    public void handle(HttpServerRequest request) {
        if (request.headers().contains(HttpHeaders.UPGRADE, "websocket", true)) {
            Answers.problem(request, Problem.notFound(request.path() + " as a WebSocket"));
            return;
        }
        request.response()
                .putHeader("Content-Security-Policy", policy)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        var filled = html.replace(SETTINGS, harmless(settings.apply(request)));
        Answers.send(request, 200, TYPE, filled.getBytes(UTF_8));
    }

    /** JSON that cannot end the element it stands in. */
    private static String harmless(String json) {
        return json.replace("<", "\\u003c");
    }

    private static String hash(Pattern element, String html) {
        var matcher = element.matcher(html);
        if (!matcher.find()) {
            throw new IllegalStateException("page: no " + element + " (expected: one)");
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            byte[] hash = digest.digest(matcher.group(1).getBytes(UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: missing (expected: in every JDK)", e);
        }
    }
}
