package dev.fanfare.server.transport;

import dev.fanfare.core.access.Identity;
import dev.fanfare.core.session.Wish;
import dev.fanfare.server.http.Problem;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/**
 * A client that has been let in and counted: its request, who it is, and what it wants to hear.
 *
 * @param gate where it came in
 */
record Guest(
        Gate gate,
        HttpServerRequest request,
        Door door,
        Identity identity,
        List<Wish> wishes,
        Seat seat) {

    boolean wantsEnvelope() {
        return Admission.wantsEnvelope(request);
    }

    boolean hasGone() {
        return request.response().closed();
    }

    /** It cannot stay after all. */
    void refuse(Problem problem) {
        seat.leave();
        gate.turnAway(request, problem);
    }
}
