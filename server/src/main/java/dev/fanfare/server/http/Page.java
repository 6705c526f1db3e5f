package dev.fanfare.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A page from the class path, kept in memory. It loads nothing from elsewhere, and its headers
 * forbid that it could.
 */
public final class Page implements Handler<HttpServerRequest> {
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src"
                + " data:; connect-src 'self' ws: wss:; base-uri 'none'; frame-ancestors 'none'";

    private final byte[] html;

    private Page(byte[] html) {
        this.html = html;
    }

    /**
     * @param resource beside this class's package, like {@code page/events.html}
     */
    public static Page load(String resource, String placeholder, String value) {
        try (var in = Page.class.getResourceAsStream("/dev/fanfare/server/" + resource)) {
            if (in == null) {
                throw new IllegalStateException(
                        "page: " + resource + " (expected: on the class path)");
            }
            return new Page(
                    new String(in.readAllBytes(), UTF_8)
                            .replace(placeholder, value)
                            .getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void handle(HttpServerRequest request) {
        request.response()
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer");
        Answers.send(request, 200, "text/html; charset=utf-8", html);
    }
}
