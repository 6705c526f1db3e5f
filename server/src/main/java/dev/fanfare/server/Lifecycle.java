package dev.fanfare.server;

import java.util.Optional;

/** Where the server is between its start and its end. Any thread. */
final class Lifecycle {
    private enum Phase {
        STARTING,
        SERVING,
        DRAINING
    }

    private volatile Phase phase = Phase.STARTING;

    void serving() {
        phase = Phase.SERVING;
    }

    void draining() {
        phase = Phase.DRAINING;
    }

    boolean isDraining() {
        return phase == Phase.DRAINING;
    }

    /** Why the server takes nobody in; empty: it does. */
    Optional<String> unready() {
        return switch (phase) {
            case STARTING -> Optional.of("starting");
            case SERVING -> Optional.empty();
            case DRAINING -> Optional.of("shutting down");
        };
    }
}
