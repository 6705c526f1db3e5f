package dev.fanfare.server.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.protocols.json.JsonWriter;
import dev.fanfare.push.Notification;
import dev.fanfare.push.ShowingProvider;
import dev.fanfare.server.access.TokenMaker;
import dev.fanfare.server.config.Endpoint;
import dev.fanfare.server.config.Endpoint.Transport;
import dev.fanfare.server.config.ServerConfig;
import dev.fanfare.server.config.ServerConfig.Applications.Push;
import dev.fanfare.server.http.Answers;
import dev.fanfare.server.http.Page;
import dev.fanfare.server.http.Problem;
import dev.fanfare.server.http.Routes;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The page with two partners of a session on it, and their phones. In development mode alone, with
 * notifications that are shown and not sent, for browsers on this machine.
 */
public final class SessionsPage {
    static final String PATH = "/sessions";

    private static final String PUSHES = PATH + "/pushes";
    private static final List<String> PARTNERS = List.of("alice", "bob");
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(24);

    private final ServerConfig config;
    private final ShowingProvider phones;
    private final @Nullable TokenMaker tokens;

    public SessionsPage(ServerConfig config, InstantSource clock, ShowingProvider phones) {
        this.config = config;
        this.phones = phones;
        tokens = config.token().connection().maker(clock);
    }

    static boolean isServed(ServerConfig config) {
        var applications = config.operation().applications();
        return config.operation().development()
                && applications != null
                && applications.push().provider() == Push.Provider.SHOW;
    }

    public void addTo(Routes routes) {
        if (isServed(config)) {
            routes.addPage(
                            PATH,
                            Page.load("/dev/fanfare/server/page/sessions.html", this::settings))
                    .addPage(PUSHES, this::pushes);
        }
    }

    private String settings(HttpServerRequest request) {
        var writer = new JsonWriter(1024).beginObject();
        if (tokens != null && Visitor.isOnThisMachine(request)) {
            writer.member("partners").beginArray();
            for (var partner : PARTNERS) {
                writer.beginObject()
                        .member("name", partner)
                        .member("token", tokens.make(partner, TOKEN_LIFETIME, Map.of()))
                        .endObject();
            }
            writer.endArray();
        }
        config.transports().endpoints().stream()
                .filter(endpoint -> endpoint.transport() == Transport.WEBSOCKET)
                .map(Endpoint::path)
                .findFirst()
                .ifPresent(path -> writer.member("endpoint", path));
        Links.write(writer, config, PATH);
        return new String(writer.endObject().toBytes(), UTF_8);
    }

    /** What phones show. */
    private void pushes(HttpServerRequest request) {
        if (!Visitor.isOnThisMachine(request)) {
            Answers.problem(request, Problem.notFound(PUSHES));
            return;
        }
        var writer = new JsonWriter(1024).beginObject();
        writer.member("pushes").beginArray();
        phones.shown().forEach(shown -> write(writer, shown));
        Answers.json(request, 200, writer.endArray().endObject().toBytes());
    }

    private static void write(JsonWriter writer, Notification shown) {
        writer.beginObject()
                .member("to", shown.token())
                .member("title", shown.title())
                .member("body", shown.body());
        writer.member("data").raw(shown.data().getBytes(UTF_8));
        writer.endObject();
    }
}
