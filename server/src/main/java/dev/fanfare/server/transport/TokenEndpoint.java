package dev.fanfare.server.transport;

import static java.util.stream.Collectors.toMap;

import dev.fanfare.core.access.Identity;
import dev.fanfare.protocols.json.JsonWriter;
import dev.fanfare.server.access.TokenMaker;
import dev.fanfare.server.http.Answers;
import dev.fanfare.server.http.Problem;
import dev.fanfare.server.http.Routes;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/realtime/token}: a token to connect with, for the user whose bearer token
 * comes with the request. It says what that one says about the user, but has a time of its own.
 */
public final class TokenEndpoint {
    private static final String PATH = "/api/v1/realtime/token";

    /** Claims about the token that came, or about the channels it was made for. */
    private static final Set<String> NOT_COPIED =
            Set.of("iat", "nbf", "exp", "expire_at", "jti", "channels", "subs");

    private final Gate gate;
    private final CrossOrigin crossOrigin;
    private final @Nullable TokenMaker tokens;
    private final Duration lifetime;

    /**
     * @param tokens null: there is nothing to sign with
     * @param lifetime of the tokens
     */
    public TokenEndpoint(Gate gate, @Nullable TokenMaker tokens, Duration lifetime) {
        this.gate = gate;
        this.tokens = tokens;
        this.lifetime = lifetime;
        crossOrigin = new CrossOrigin(gate.origins());
    }

    public void addTo(Routes routes) {
        routes.add(HttpMethod.GET, PATH, this::handle)
                .add(
                        HttpMethod.OPTIONS,
                        PATH,
                        request -> crossOrigin.preflight(request, "GET", "Authorization"));
    }

    private void handle(HttpServerRequest request) {
        crossOrigin.allow(request);
        gate.identify(request, identity -> answer(request, identity));
    }

    private void answer(HttpServerRequest request, Identity identity) {
        if (tokens == null) {
            gate.turnAway(
                    request,
                    Problem.unavailable(
                            "token.secret",
                            "nothing",
                            "a secret to sign tokens with, and HS256, HS384 or HS512 among"
                                    + " token.algorithms"));
            return;
        }
        if (!identity.isSignedIn()) {
            gate.turnAway(request, Problem.unauthorized("token", "no user", "a user's token"));
            return;
        }
        var token = tokens.make(identity.user(), lifetime, claims(identity));
        var answer =
                new JsonWriter(512)
                        .beginObject()
                        .member("token", token)
                        .member("expires_in", lifetime.toSeconds())
                        .endObject();
        request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Answers.json(request, 200, answer.toBytes());
    }

    private static Map<String, Object> claims(Identity identity) {
        return identity.claims().entrySet().stream()
                .filter(claim -> !NOT_COPIED.contains(claim.getKey()))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
