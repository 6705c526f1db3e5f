package dev.fanfare.server.transport;

import dev.fanfare.core.model.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * One of the connections that {@link ConnectionLimits} counts. It is all that a connection keeps of
 * its beginnings: the request it came from is a hundred times larger. Lives on the connection's
 * event loop.
 */
public final class Seat {
    private final ConnectionLimits limits;
    private final @Nullable String vouchedUser;
    private String user;
    private boolean left;

    /**
     * @param vouchedUser who it is by word of a proxy; null: no proxy says
     */
    Seat(ConnectionLimits limits, String user, @Nullable String vouchedUser) {
        this.limits = limits;
        this.user = user;
        this.vouchedUser = vouchedUser;
    }

    @Nullable String vouchedUser() {
        return vouchedUser;
    }

    /** It is this user's connection, as turned out later; otherwise why it cannot be. */
    @Nullable Refusal take(String owner) {
        var refusal = limits.enterUser(owner);
        user = refusal == null ? owner : user;
        return refusal;
    }

    /** The connection has gone. Repeats do nothing. */
    public void leave() {
        if (!left) {
            left = true;
            limits.leave(user);
        }
    }
}
