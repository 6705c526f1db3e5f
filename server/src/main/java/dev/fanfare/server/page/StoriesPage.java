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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The page that tries stories, with two people on it. In development mode it comes with tokens of
 * two users, for browsers on this machine; otherwise people log in, or paste theirs.
 */
public final class StoriesPage {
    private static final Set<Transport> PROBED = Set.of(Transport.SSE, Transport.NDJSON);
    private static final String CHANNEL = "stories:{user}";
    private static final List<String> USERS = List.of("alice", "bob");
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(24);

    private final ServerConfig config;
    private final @Nullable TokenMaker tokens;

    private StoriesPage(ServerConfig config, InstantSource clock) {
        this.config = config;
        tokens = config.operation().development() ? config.token().connection().maker(clock) : null;
    }

    public static Page of(ServerConfig config, InstantSource clock) {
        return Page.load(
                "/dev/fanfare/server/page/stories.html", new StoriesPage(config, clock)::settings);
    }

    private String settings(HttpServerRequest request) {
        var writer = new JsonWriter(512).beginObject();
        writer.member("accounts", true);
        if (tokens != null && Visitor.isOnThisMachine(request)) {
            writer.member("tokens").beginArray();
            for (var user : USERS) {
                writer.string(tokens.make(user, TOKEN_LIFETIME, Map.of()));
            }
            writer.endArray();
        }
        path(this::givesStories).ifPresent(path -> writer.member("endpoint", path));
        path(endpoint -> PROBED.contains(endpoint.transport()))
                .ifPresent(path -> writer.member("probe", path));
        Links.write(writer, config, "/stories");
        return new String(writer.endObject().toBytes(), UTF_8);
    }

    private boolean givesStories(Endpoint endpoint) {
        return endpoint.transport() == Transport.WEBSOCKET && endpoint.channels().contains(CHANNEL);
    }

    private Optional<String> path(Predicate<Endpoint> wanted) {
        return config.transports().endpoints().stream()
                .filter(wanted)
                .map(Endpoint::path)
                .findFirst();
    }
}
