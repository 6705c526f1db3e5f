package dev.fanfare.server.access;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A way to documents of the web. */
@FunctionalInterface
interface Documents {
    /**
     * Does not block. Fails with an {@link java.io.IOException} that says why, also when the
     * document is not there in time.
     */
    CompletionStage<byte[]> get(URI url, Duration timeout);
}
