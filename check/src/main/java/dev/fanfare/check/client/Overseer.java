package dev.fanfare.check.client;

import dev.fanfare.check.history.Command;
import dev.fanfare.check.history.Position;
import dev.fanfare.check.history.Presence;
import dev.fanfare.check.history.Presence.Member;
import dev.fanfare.check.history.Recorder;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A backend that looks who is there, and ends connections and subscriptions. Thread-safe. */
public final class Overseer {
    private final Backend backend;
    private final Recorder recorder;
    private final AtomicLong commands = new AtomicLong();

    public Overseer(Backend backend, Recorder recorder) {
        this.backend = backend;
        this.recorder = recorder;
    }

    /** Writes down who is in the channel, if the node says so. */
    public void look(Address node, String channel) {
        long asked = recorder.now();
        try {
            var answer = backend.ask(node, "presence", Json.object().put("channel", channel));
            var members =
                    answer.path("presence").properties().stream()
                            .map(
                                    each ->
                                            new Member(
                                                    each.getValue().path("user").asText(),
                                                    each.getKey()))
                            .toList();
            recorder.record(new Presence.Read(node.node(), channel, members, asked));
        } catch (IOException nothingKnown) {
            // the next one may say more
        }
    }

    /** The newest position of a channel with history; empty where the node does not say. */
    public Optional<Position> top(Address node, String channel) {
        try {
            var question = Json.object().put("channel", channel);
            return Optional.ofNullable(Json.position(backend.ask(node, "history", question)));
        } catch (IOException nothingKnown) {
            return Optional.empty();
        }
    }

    /** Ends all connections of the user. */
    public void disconnect(Address node, String user) {
        command(node, Command.Kind.DISCONNECT, user, null);
    }

    public void unsubscribe(Address node, String user, String channel) {
        command(node, Command.Kind.UNSUBSCRIBE, user, channel);
    }

    private void command(Address node, Command.Kind kind, String user, @Nullable String channel) {
        long command = commands.incrementAndGet();
        var parameters = Json.object().put("user", user);
        if (channel != null) {
            parameters.put("channel", channel);
        }
        recorder.record(new Command.Sent(command, kind, user, channel, node.node()));
        try {
            backend.ask(node, method(kind), parameters);
            recorder.record(new Command.Acknowledged(command));
        } catch (IOException failed) {
            recorder.record(new Command.Failed(command, failed.toString()));
        }
    }

    private static String method(Command.Kind kind) {
        return switch (kind) {
            case DISCONNECT -> "disconnect";
            case SUBSCRIBE -> "subscribe";
            case UNSUBSCRIBE -> "unsubscribe";
        };
    }
}
