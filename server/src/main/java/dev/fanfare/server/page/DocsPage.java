package dev.fanfare.server.page;

import dev.fanfare.protocols.json.JsonWriter;
import dev.fanfare.server.access.TokenMaker;
import dev.fanfare.server.config.ServerConfig;
import dev.fanfare.server.http.Answers;
import dev.fanfare.server.http.Problem;
import dev.fanfare.server.http.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page to try all routes: Swagger UI, from this server alone. In development mode it is
 * authorized as user 42, for browsers on this machine. Nothing of it is loaded before somebody
 * looks.
 */
public final class DocsPage {
    private static final Logger LOG = LoggerFactory.getLogger(DocsPage.class);
    private static final String OURS = "/dev/fanfare/server/page/";
    private static final String WEBJAR = "/META-INF/resources/webjars/swagger-ui/";
    private static final String WEBJAR_POM =
            "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
    private static final String POLICY =
            "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'self';"
                    + " img-src 'self' data:; font-src 'self' data:;"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String USER = "42";
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(24);

    private final ServerConfig config;
    private final Vertx vertx;
    private final @Nullable TokenMaker tokens;

    public DocsPage(ServerConfig config, InstantSource clock, Vertx vertx) {
        this.config = config;
        this.vertx = vertx;
        tokens = config.operation().development() ? config.token().connection().maker(clock) : null;
    }

    public Routes addTo(Routes routes) {
        return routes.addPage("/docs", request -> send(request, "text/html", OURS + "docs.html"))
                .addPage("/docs/docs.css", request -> send(request, "text/css", OURS + "docs.css"))
                .addPage(
                        "/docs/docs.js",
                        request -> send(request, "text/javascript", OURS + "docs.js"))
                .addPage("/docs/settings.json", this::settings)
                .addPage(
                        "/docs/swagger-ui.css",
                        request -> send(request, "text/css", webjar("swagger-ui.css")))
                .addPage(
                        "/docs/swagger-ui-bundle.js",
                        request ->
                                send(request, "text/javascript", webjar("swagger-ui-bundle.js")));
    }

    private static String webjar(String file) {
        var properties = new Properties();
        try (var in = DocsPage.class.getResourceAsStream(WEBJAR_POM)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return WEBJAR + properties.getProperty("version") + "/" + file;
    }

    /** Read on another thread: some of it is large. */
    private void send(HttpServerRequest request, String type, String resource) {
        request.response()
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader(HttpHeaders.CACHE_CONTROL, "max-age=600");
        vertx.executeBlocking(() -> read(resource), false)
                .onSuccess(bytes -> Answers.send(request, 200, type + "; charset=utf-8", bytes))
                .onFailure(
                        failure -> {
                            LOG.error("{} failed", request.path(), failure);
                            Answers.problem(request, Problem.internal());
                        });
    }

    private static byte[] read(String resource) throws IOException {
        try (var in = DocsPage.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + ": missing (expected: on the class path)");
            }
            return in.readAllBytes();
        }
    }

    private void settings(HttpServerRequest request) {
        var writer = new JsonWriter(512).beginObject();
        if (tokens != null && Visitor.isOnThisMachine(request)) {
            writer.member("token", tokens.make(USER, TOKEN_LIFETIME, Map.of()));
            var publishToken = config.publish().token();
            if (publishToken != null) {
                writer.member("publishToken", publishToken.value());
            }
            for (var key : config.publish().api().keys().stream().limit(1).toList()) {
                writer.member("apiKey", key.value());
            }
        }
        Links.write(writer, config, "/docs");
        request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Answers.send(request, 200, "application/json", writer.endObject().toBytes());
    }
}
