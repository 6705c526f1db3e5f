package dev.fanfare.server.transport;

import dev.fanfare.core.access.Identity;
import dev.fanfare.protocols.json.JsonWriter;
import dev.fanfare.server.access.TokenMaker;
import dev.fanfare.server.http.Answers;
import dev.fanfare.server.http.Problem;
import dev.fanfare.server.http.RequestLoop;
import dev.fanfare.server.http.Routes;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/realtime/token}: a token to connect with, for the user whose bearer token
 * comes with the request. It says what that one says about the user, but has a time of its own.
 */
public final class TokenEndpoint {
    private static final String PATH = "/api/v1/realtime/token";

    /** What a token says of its user beside what the request's does. */
    @FunctionalInterface
    public interface MoreClaims {
        MoreClaims NONE = user -> CompletableFuture.completedFuture(Map.of());

        /**
         * Fails where they cannot be had now.
         *
         * @return stronger than the claims of the same names that came
         */
        CompletionStage<Map<String, ?>> of(String user);
    }

    /** Claims about the token that came, or about the channels it was made for. */
    private static final Set<String> NOT_COPIED =
            Set.of("iat", "nbf", "exp", "expire_at", "jti", "channels", "subs");

    private final Gate gate;
    private final CrossOrigin crossOrigin;
    private final @Nullable TokenMaker tokens;
    private final Duration lifetime;
    private final MoreClaims more;

    /**
     * @param tokens null: there is nothing to sign with
     * @param lifetime of the tokens
     */
    public TokenEndpoint(
            Gate gate, @Nullable TokenMaker tokens, Duration lifetime, MoreClaims more) {
        this.gate = gate;
        this.tokens = tokens;
        this.lifetime = lifetime;
        this.more = more;
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
        RequestLoop.then(
                more.of(identity.user()),
                claims -> answer(request, tokens, identity, claims),
                failure ->
                        gate.turnAway(
                                request,
                                Problem.unavailable("database", "no answer", "another try later")));
    }

    private void answer(
            HttpServerRequest request,
            TokenMaker signer,
            Identity identity,
            Map<String, ?> moreClaims) {
        var claims = claims(identity);
        claims.putAll(moreClaims);
        var token = signer.make(identity.user(), lifetime, claims);
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
        var claims = new LinkedHashMap<String, Object>(identity.claims());
        claims.keySet().removeAll(NOT_COPIED);
        return claims;
    }
}
