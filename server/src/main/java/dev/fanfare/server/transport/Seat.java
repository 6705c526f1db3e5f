package dev.fanfare.server.transport;

/**
 * One of the connections that {@link ConnectionLimits} counts. It is all that a connection keeps of
 * its beginnings: the request it came from is a hundred times larger. Lives on the connection's
 * event loop.
 */
final class Seat {
    private final ConnectionLimits limits;
    private final String user;
    private boolean left;

    Seat(ConnectionLimits limits, String user) {
        this.limits = limits;
        this.user = user;
    }

    /** The connection has gone. Repeats do nothing. */
    void leave() {
        if (!left) {
            left = true;
            limits.leave(user);
        }
    }
}
