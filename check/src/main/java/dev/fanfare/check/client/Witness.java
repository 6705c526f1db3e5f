package dev.fanfare.check.client;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fanfare.check.history.Connection;
import dev.fanfare.check.history.Fact;
import dev.fanfare.check.history.Position;
import dev.fanfare.check.history.Presence;
import dev.fanfare.check.history.Recorder;
import dev.fanfare.check.history.Subscription;
import dev.fanfare.check.history.Subscription.Recovery;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what one connection of a client sees, and where the client stands after it. Nothing
 * is written after the connection's end. Thread-safe.
 */
final class Witness {
    private enum State {
        COMING,
        IN,
        ENDED
    }

    private final String connection;
    private final Profile client;
    private final Address node;
    private final Standing standing;
    private final Recorder recorder;

    @GuardedBy("this")
    private State state = State.COMING;

    Witness(String connection, Profile client, Address node, Standing standing, Recorder recorder) {
        this.connection = connection;
        this.client = client;
        this.node = node;
        this.standing = standing;
        this.recorder = recorder;
    }

    Profile client() {
        return client;
    }

    /** Where the client stands. */
    @Nullable Position position(String channel) {
        return standing.of(channel);
    }

    /**
     * @param id null: the server does not tell it
     */
    synchronized void opened(@Nullable String id) {
        if (state == State.COMING) {
            state = State.IN;
            record(
                    new Connection.Opened(
                            connection,
                            client.name(),
                            client.user(),
                            client.protocol().name(),
                            node.node(),
                            id));
        }
    }

    synchronized void began(
            String channel,
            @Nullable Position since,
            @Nullable Position position,
            Recovery recovery) {
        var rules = client.rules(channel);
        record(
                new Subscription.Began(
                        connection,
                        channel,
                        since,
                        position,
                        recovery,
                        true,
                        rules.joinLeave() && client.protocol().hearsMembers()));
        if (recovery == Recovery.NOT_ASKED || recovery == Recovery.LOST) {
            standing.move(channel, position);
        }
    }

    synchronized void received(
            String channel, String message, @Nullable Position position, @Nullable String id) {
        // many hear the same, and a long run has millions of these
        record(
                new Subscription.Received(
                        connection, channel, message.intern(), position, once(id)));
        if (position != null) {
            standing.move(channel, position);
        }
    }

    private static @Nullable String once(@Nullable String text) {
        return text == null ? null : text.intern();
    }

    synchronized void gapTold(String channel, @Nullable Position position) {
        record(new Subscription.GapTold(connection, channel, position));
        standing.move(channel, position);
    }

    synchronized void unsubscribed(String channel, int code) {
        record(new Subscription.Ended(connection, channel, false, code));
    }

    synchronized void joined(String channel, Presence.Member member) {
        record(new Presence.Joined(connection, channel, member));
    }

    synchronized void left(String channel, Presence.Member member) {
        record(new Presence.Left(connection, channel, member));
    }

    synchronized void ended(boolean byClient, int code, String why) {
        record(new Connection.Ended(connection, byClient, code, why));
        state = State.ENDED;
    }

    @GuardedBy("this")
    private void record(Fact fact) {
        if (state == State.IN) {
            recorder.record(fact);
        }
    }
}
