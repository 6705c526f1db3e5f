package dev.fanfare.ably.realtime;

import dev.fanfare.core.session.Connection;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * How a client can be reached.
 *
 * @param voices in which it can be spoken to
 * @param loop the event loop that the way lives on
 * @param carries gets the key of the connection that goes this way, before its first word
 */
public record Way(
        Connection connection, Voice.Choice voices, Executor loop, Consumer<String> carries) {}
