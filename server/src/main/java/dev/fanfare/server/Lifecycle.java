package dev.fanfare.server;

import java.util.Optional;
import java.util.function.Supplier;

/** Where the server is between its start and its end. Any thread. */
final class Lifecycle {
    private enum Phase {
        STARTING,
        SERVING,
        DRAINING
    }

    private final Supplier<Optional<String>> hindrance;
    private volatile Phase phase = Phase.STARTING;

    /**
     * @param hindrance why a server that serves should be left alone at the moment
     */
    Lifecycle(Supplier<Optional<String>> hindrance) {
        this.hindrance = hindrance;
    }

    void serving() {
        phase = Phase.SERVING;
    }

    void draining() {
        phase = Phase.DRAINING;
    }

    boolean isDraining() {
        return phase == Phase.DRAINING;
    }

    /** Why clients should go elsewhere; empty: they are welcome. */
    Optional<String> unready() {
        return switch (phase) {
            case STARTING -> Optional.of("starting");
            case SERVING -> hindrance.get();
            case DRAINING -> Optional.of("shutting down");
        };
    }
}
