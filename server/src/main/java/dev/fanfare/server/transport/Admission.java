package dev.fanfare.server.transport;

import dev.fanfare.core.access.AccessRule.Asker;
import dev.fanfare.core.access.Authentication;
import dev.fanfare.core.access.Identity;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.session.Wish;
import dev.fanfare.server.config.Endpoint;
import dev.fanfare.server.http.Credentials;
import dev.fanfare.server.http.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request to an endpoint says before anything is looked up: the rules of our own query
 * parameters.
 */
final class Admission {
    private static final String TOKEN = "token";

    private Admission() {}

    /**
     * The header's token is preferred: a query ends up in other people's logs. Null: there is none.
     *
     * @param inQuery whether the query may bring one
     */
    static @Nullable String token(HttpServerRequest request, boolean inQuery) {
        var bearer = Credentials.bearer(request.getHeader(HttpHeaders.AUTHORIZATION));
        return bearer == null && inQuery ? request.getParam(TOKEN) : bearer;
    }

    /**
     * @param inQuery whether the query might have brought one
     */
    static Problem missingToken(HttpServerRequest request, boolean inQuery) {
        if (inQuery) {
            return Problem.unauthorized(
                    "token",
                    "nothing",
                    "a token in the query, or in the header Authorization: Bearer");
        }
        return Problem.unauthorized(
                "token",
                request.getParam(TOKEN) == null ? "nothing" : "a token in the query",
                "a token in the header Authorization: Bearer, and none in the query");
    }

    /** Null when the token is good. */
    static @Nullable Problem problem(Authentication authentication) {
        return switch (authentication) {
            case Authentication.Accepted(var identity) ->
                    identity.isOfOneChannel()
                            ? Problem.unauthorized(
                                    "token", "a token for one channel", "a token to connect with")
                            : null;
            case Authentication.Expired() ->
                    Problem.unauthorized("token", "an expired token", "a token that is still good");
            case Authentication.Invalid(var why) ->
                    Problem.unauthorized("token", why, "a valid token");
        };
    }

    static @Nullable Problem connectProblem(Endpoint endpoint, Identity identity) {
        if (endpoint.connect().allows(new Asker(identity), Map.of())) {
            return null;
        }
        return Problem.forbidden("token", "another one", endpoint.connect().describe());
    }

    /**
     * The user that a proxy in front names, where the endpoint trusts one; null: it names none. Of
     * several values one could be the client's own, so they name nobody.
     */
    static @Nullable String vouchedUser(HttpServerRequest request, Endpoint endpoint) {
        var header = endpoint.inBand().userHeader();
        var values = header == null ? List.<String>of() : request.headers().getAll(header);
        return values.size() == 1 && !values.getFirst().isEmpty() ? values.getFirst() : null;
    }

    static boolean wantsEnvelope(HttpServerRequest request) {
        return "true".equals(request.getParam("envelope"));
    }

    /** What the client named, or what the endpoint gives to a client that names nothing. */
    static List<String> channels(HttpServerRequest request, Endpoint endpoint, String user) {
        var given = request.params().getAll("channels");
        if (given.isEmpty()) {
            return endpoint.channelsOf(user);
        }
        var names = new ArrayList<String>();
        given.forEach(list -> names.addAll(List.of(list.split(",", -1))));
        return names;
    }

    /**
     * @throws IllegalArgumentException for text that is no list of positions, or one of a channel
     *     not asked for
     */
    static List<Wish> wishes(List<String> channels, @Nullable String since) {
        Map<String, StreamPosition> positions =
                since == null || since.isEmpty() ? new LinkedHashMap<>() : Positions.parse(since);
        var wishes =
                channels.stream()
                        .map(channel -> new Wish(channel, positions.remove(channel)))
                        .toList();
        if (!positions.isEmpty()) {
            throw new IllegalArgumentException(String.join(",", positions.keySet()));
        }
        return wishes;
    }

    static Problem sinceWithoutEnvelope() {
        return Problem.of(
                new Refusal(
                        ErrorCode.BAD_REQUEST,
                        "since",
                        "a position",
                        "envelope=true with it: positions are seen only there"));
    }

    static Problem badSince(String got) {
        return Problem.of(
                new Refusal(
                        ErrorCode.BAD_REQUEST,
                        "since",
                        got,
                        "channel@epoch:offset, separated by commas, of channels that are asked"
                                + " for"));
    }
}
