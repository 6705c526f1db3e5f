package dev.fanfare.server.transport;

import dev.fanfare.core.access.Identity;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What an application tells a user of the state of things before it hears of changes. Asked once
 * for each connection, when the user's channels are subscribed already: what changes after that
 * reaches the client behind it. Called on an event loop, so it must not block.
 */
@FunctionalInterface
public interface InitialState {
    /** Of an application that has nothing to tell. */
    InitialState NONE = user -> CompletableFuture.completedFuture(Optional.empty());

    /**
     * A message for the client, as JSON with a {@code type}; empty: it gets none. The stage may
     * complete on any thread; where it fails, the client cannot come in now.
     */
    CompletionStage<Optional<byte[]>> of(Identity user);
}
