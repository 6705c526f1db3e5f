package dev.fanfare.server.transport;

import dev.fanfare.core.access.Identity;
import dev.fanfare.core.session.Wish;
import dev.fanfare.server.http.Answers;
import dev.fanfare.server.http.Problem;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/**
 * A client that has been let in and counted: its request, who it is, and what it wants to hear. On
 * the request's event loop.
 */
final class Guest {
    private final HttpServerRequest request;
    private final Door door;
    private final Identity identity;
    private final List<Wish> wishes;
    private final ConnectionLimits limits;
    private boolean gone;

    Guest(
            HttpServerRequest request,
            Door door,
            Identity identity,
            List<Wish> wishes,
            ConnectionLimits limits) {
        this.request = request;
        this.door = door;
        this.identity = identity;
        this.wishes = wishes;
        this.limits = limits;
    }

    HttpServerRequest request() {
        return request;
    }

    Door door() {
        return door;
    }

    Identity identity() {
        return identity;
    }

    List<Wish> wishes() {
        return wishes;
    }

    boolean wantsEnvelope() {
        return Admission.wantsEnvelope(request);
    }

    /** It cannot stay after all. */
    void refuse(Problem problem) {
        leave();
        Answers.problem(request, problem);
    }

    /** What a connection keeps of its guest: how to say that it has gone. Repeats do nothing. */
    void leave() {
        if (!gone) {
            gone = true;
            limits.leave(identity.user());
        }
    }
}
