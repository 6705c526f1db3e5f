package dev.fanfare.server.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.protocols.json.JsonWriter;
import dev.fanfare.server.access.TokenMaker;
import dev.fanfare.server.config.Endpoint;
import dev.fanfare.server.config.Endpoint.Transport;
import dev.fanfare.server.config.ServerConfig;
import dev.fanfare.server.http.Page;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The page that shows events arriving. In development mode it comes with a fresh token and the
 * publish token, for browsers on this machine; otherwise no secret is in it.
 */
public final class EventsPage {
    private static final Set<Transport> SHOWN = Set.of(Transport.WEBSOCKET, Transport.SSE);
    private static final Set<Transport> PROBED = Set.of(Transport.SSE, Transport.NDJSON);

    private static final String USER = "42";
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(24);

    private final ServerConfig config;
    private final @Nullable TokenMaker tokens;

    private EventsPage(ServerConfig config, InstantSource clock) {
        this.config = config;
        tokens = config.operation().development() ? config.token().connection().maker(clock) : null;
    }

    public static Page of(ServerConfig config, InstantSource clock) {
        return Page.load(
                "/dev/fanfare/server/page/events.html", new EventsPage(config, clock)::settings);
    }

    private String settings(HttpServerRequest request) {
        var writer = new JsonWriter(512).beginObject();
        writer.member("publishes", config.network().internal() == null);
        if (tokens != null && Visitor.isOnThisMachine(request)) {
            writer.member("token", tokens.make(USER, TOKEN_LIFETIME, Map.of()));
            var publishToken = config.publish().token();
            if (publishToken != null) {
                writer.member("publishToken", publishToken.value());
            }
        }
        endpoints(writer, config.transports().endpoints());
        Links.write(writer, config, "/");
        return new String(writer.endObject().toBytes(), UTF_8);
    }

    /** Those that a browser has a class for, and one to ask why they refuse. */
    private static void endpoints(JsonWriter writer, List<Endpoint> endpoints) {
        writer.member("endpoints").beginArray();
        for (var endpoint : endpoints) {
            if (SHOWN.contains(endpoint.transport())) {
                writer.beginObject().member("path", endpoint.path());
                writer.member("transport", endpoint.transport().name().toLowerCase(Locale.ROOT))
                        .endObject();
            }
        }
        writer.endArray();
        endpoints.stream()
                .filter(endpoint -> PROBED.contains(endpoint.transport()))
                .findFirst()
                .ifPresent(endpoint -> writer.member("probe", endpoint.path()));
    }
}
