package dev.fanfare.ably.realtime;

import dev.fanfare.ably.access.Access;
import dev.fanfare.ably.app.App;
import dev.fanfare.core.hub.EncodedOnce;
import dev.fanfare.core.hub.HubShard;
import dev.fanfare.protocols.ably.ErrorInfo;
import dev.fanfare.protocols.ably.Outgoing;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection as its {@link Attachments} see it. Lives on the connection's event loop, and nothing
 * else may call it. A connection that is continued may do so on another loop, with other words to
 * send: nothing of the line but its id is to be kept across {@link Attachments#transportLost}.
 */
interface Line {
    String connectionId();

    /** As its last key or token says. */
    Access access();

    App app();

    /** Of the loop it is on. */
    HubShard shard();

    /** In milliseconds since 1970. */
    long now();

    /** Whether its own messages come back to it. */
    boolean echoes();

    /** How long its members stay where it is lost without a word. */
    Duration presenceGrace();

    /** Queued, and flushed at the end of the turn. Without a transport: lost. */
    void send(Outgoing word);

    /** As {@link #send(Outgoing)}; the frame is shared with others that speak the same way. */
    void send(EncodedOnce encoded);

    /** Whether so much waits to be sent that what is large has to wait elsewhere. */
    boolean isFull();

    /** Continues on this connection's loop, in a turn: at once if the stage is complete. */
    <T> void then(CompletionStage<T> stage, BiConsumer<@Nullable T, @Nullable Throwable> next);

    /** The connection cannot go on: its client is told why, and {@link Attachments#end} follows. */
    void fail(ErrorInfo why);
}
