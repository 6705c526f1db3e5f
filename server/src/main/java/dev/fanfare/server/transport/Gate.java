package dev.fanfare.server.transport;

import dev.fanfare.core.access.Authentication;
import dev.fanfare.core.access.Authentication.Accepted;
import dev.fanfare.core.access.Identity;
import dev.fanfare.core.access.Tokens;
import dev.fanfare.core.session.Wish;
import dev.fanfare.server.config.AllowedOrigins;
import dev.fanfare.server.http.Answers;
import dev.fanfare.server.http.Problem;
import dev.fanfare.server.http.RequestLoop;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets clients in: origin, token, claim, limits and the form of what they ask for, in this order.
 * Whoever is turned away gets a problem document before anything else happens. On the request's
 * event loop.
 */
public final class Gate {
    /** Hears of every client that is turned away. */
    @FunctionalInterface
    public interface Observer {
        void turnedAway(HttpServerRequest request, Problem problem);
    }

    private final Tokens tokens;
    private final AllowedOrigins origins;
    private final ConnectionLimits limits;
    private final boolean queryToken;
    private final BooleanSupplier draining;
    private final Observer observer;

    /**
     * @param queryToken whether a token may come in the query, where no endpoint says otherwise
     * @param draining whether the server is about to end and takes nobody in
     */
    public Gate(
            Tokens tokens,
            AllowedOrigins origins,
            ConnectionLimits limits,
            boolean queryToken,
            BooleanSupplier draining,
            Observer observer) {
        this.tokens = tokens;
        this.origins = origins;
        this.limits = limits;
        this.queryToken = queryToken;
        this.draining = draining;
        this.observer = observer;
    }

    public AllowedOrigins origins() {
        return origins;
    }

    Tokens tokens() {
        return tokens;
    }

    /**
     * Lets somebody in who will say later who it is.
     *
     * @param welcome gets its place
     */
    void letIn(HttpServerRequest request, Door door, Consumer<Seat> welcome) {
        var vouched = Admission.vouchedUser(request, door.endpoint());
        atDoor(request, () -> seat(request, "", vouched, welcome));
    }

    /** As {@link #letIn(HttpServerRequest, Door, Consumer)}, where no endpoint is configured. */
    public void letIn(HttpServerRequest request, Consumer<Seat> welcome) {
        atDoor(request, () -> seat(request, "", null, welcome));
    }

    /** Whoever asks, from a page that may. */
    public void letPass(HttpServerRequest request, Runnable next) {
        atDoor(request, next);
    }

    /** Who asks, without letting anybody in. */
    public void identify(HttpServerRequest request, Consumer<Identity> next) {
        atDoor(request, () -> authenticate(request, queryToken, next));
    }

    /**
     * @param since positions to continue from, as {@link Positions} writes them; null: none
     * @param welcome gets whoever may come in
     */
    void admit(
            HttpServerRequest request, Door door, @Nullable String since, Consumer<Guest> welcome) {
        atDoor(
                request,
                () ->
                        authenticate(
                                request,
                                door.endpoint().manners().queryToken(),
                                identity -> admit(request, door, identity, since, welcome)));
    }

    private void atDoor(HttpServerRequest request, Runnable next) {
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        if (draining.getAsBoolean()) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            turnAway(
                    request,
                    Problem.unavailable(
                            "server", "a shutdown", "another node, or this one in a moment"));
        } else if (!origins.allows(origin, request.getHeader(HttpHeaders.HOST))) {
            turnAway(request, CrossOrigin.problem(request));
        } else {
            next.run();
        }
    }

    public void turnAway(HttpServerRequest request, Problem problem) {
        observer.turnedAway(request, problem);
        Answers.problem(request, problem);
    }

    private void authenticate(HttpServerRequest request, boolean inQuery, Consumer<Identity> next) {
        var token = Admission.token(request, inQuery);
        if (token == null || token.isEmpty()) {
            turnAway(request, Admission.missingToken(request, inQuery));
            return;
        }
        RequestLoop.then(
                tokens.connection().authenticate(token),
                authentication -> decide(request, authentication, next),
                failure ->
                        turnAway(
                                request,
                                Problem.unavailable("token", "no verdict", "another try later")));
    }

    private void decide(
            HttpServerRequest request, Authentication authentication, Consumer<Identity> next) {
        var problem = Admission.problem(authentication);
        if (problem != null) {
            turnAway(request, problem);
        } else if (authentication instanceof Accepted(var identity)) {
            next.accept(identity);
        }
    }

    private void admit(
            HttpServerRequest request,
            Door door,
            Identity identity,
            @Nullable String since,
            Consumer<Guest> welcome) {
        var forbidden = Admission.connectProblem(door.endpoint(), identity);
        if (forbidden != null) {
            turnAway(request, forbidden);
            return;
        }
        List<Wish> wishes;
        try {
            wishes =
                    Admission.wishes(
                            Admission.channels(request, door.endpoint(), identity.user()), since);
        } catch (IllegalArgumentException e) {
            turnAway(request, Admission.badSince(String.valueOf(e.getMessage())));
            return;
        }
        seat(
                request,
                identity.user(),
                null,
                seat -> welcome.accept(new Guest(this, request, door, identity, wishes, seat)));
    }

    private void seat(
            HttpServerRequest request, String user, @Nullable String vouched, Consumer<Seat> next) {
        var full = limits.enter(user);
        if (full != null) {
            request.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
            turnAway(request, Problem.full(full, full.field().contains("user")));
            return;
        }
        next.accept(new Seat(limits, user, vouched));
    }
}
