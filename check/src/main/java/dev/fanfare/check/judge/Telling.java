package dev.fanfare.check.judge;

import dev.fanfare.check.history.Command;
import dev.fanfare.check.history.Connection;
import dev.fanfare.check.history.Entry;
import dev.fanfare.check.history.Fact;
import dev.fanfare.check.history.Fault;
import dev.fanfare.check.history.Position;
import dev.fanfare.check.history.Presence;
import dev.fanfare.check.history.Publish;
import dev.fanfare.check.history.Subscription;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An entry as one line of English. */
final class Telling {
    private static final double MICROS_PER_SECOND = 1_000_000;

    private Telling() {}

    static String of(Entry entry) {
        return String.format(
                Locale.ROOT,
                "%10.3f s  #%-7d %s",
                entry.time() / MICROS_PER_SECOND,
                entry.number(),
                fact(entry.fact()));
    }

    private static String fact(Fact fact) {
        return switch (fact) {
            case Publish publish -> publish(publish);
            case Connection connection -> connection(connection);
            case Subscription subscription -> subscription(subscription);
            case Presence presence -> presence(presence);
            case Command command -> command(command);
            case Fault fault -> fault(fault);
        };
    }

    private static String publish(Publish publish) {
        return switch (publish) {
            case Publish.Sent(
                            var attempt,
                            var publisher,
                            var node,
                            var channel,
                            var message,
                            var key) ->
                    "%s publishes %s on %s at %s%s (attempt %d)"
                            .formatted(
                                    publisher,
                                    message,
                                    channel,
                                    node,
                                    key == null ? "" : " with key " + key,
                                    attempt);
            case Publish.Acknowledged(var attempt, var position) ->
                    "attempt %d is acknowledged%s".formatted(attempt, at(position));
            case Publish.Refused(var attempt, var why) ->
                    "attempt %d is refused: %s".formatted(attempt, why);
            case Publish.Unknown(var attempt, var why) ->
                    "attempt %d has an unknown outcome: %s".formatted(attempt, why);
        };
    }

    private static String connection(Connection connection) {
        return switch (connection) {
            case Connection.Opened(var name, _, var user, var protocol, var node, var id) ->
                    "%s (%s, user %s%s) is connected to %s"
                            .formatted(name, protocol, user, id == null ? "" : ", id " + id, node);
            case Connection.Ended(var name, var byClient, var code, var why) ->
                    byClient
                            ? "%s ends its connection".formatted(name)
                            : "%s has lost its connection: %d %s".formatted(name, code, why);
        };
    }

    private static String subscription(Subscription subscription) {
        return switch (subscription) {
            case Subscription.Began began -> began(began);
            case Subscription.Received(var name, var channel, var message, var position, _) ->
                    "%s hears %s on %s%s".formatted(name, message, channel, at(position));
            case Subscription.GapTold(var name, var channel, var position) ->
                    "%s is told of a gap on %s%s".formatted(name, channel, at(position));
            case Subscription.Ended(var name, var channel, var byClient, var code) ->
                    byClient
                            ? "%s unsubscribes from %s".formatted(name, channel)
                            : "%s is unsubscribed from %s: %d".formatted(name, channel, code);
        };
    }

    private static String began(Subscription.Began began) {
        var since = began.since();
        return "%s is subscribed to %s%s%s"
                .formatted(
                        began.connection(),
                        began.channel(),
                        at(began.position()),
                        since == null
                                ? ""
                                : ", continuing from %s: %s"
                                        .formatted(since, Report.words(began.recovery())));
    }

    private static String presence(Presence presence) {
        return switch (presence) {
            case Presence.Read(var node, var channel, var members, _) ->
                    "%s says that members of %s are: %s"
                            .formatted(
                                    node,
                                    channel,
                                    members.isEmpty()
                                            ? "none"
                                            : members.stream()
                                                    .map(Telling::member)
                                                    .collect(Collectors.joining(", ")));
            case Presence.Joined(var name, var channel, var member) ->
                    "%s hears that %s came to %s".formatted(name, member(member), channel);
            case Presence.Left(var name, var channel, var member) ->
                    "%s hears that %s left %s".formatted(name, member(member), channel);
        };
    }

    private static String member(Presence.Member member) {
        return "%s (%s)".formatted(member.user(), member.client());
    }

    private static String command(Command command) {
        return switch (command) {
            case Command.Sent(var id, var kind, var user, var channel, var node) ->
                    "command %d at %s: %s %s%s"
                            .formatted(
                                    id,
                                    node,
                                    Report.words(kind),
                                    user,
                                    channel == null ? "" : " " + Objects.requireNonNull(channel));
            case Command.Acknowledged(var id) -> "command %d is acknowledged".formatted(id);
            case Command.Failed(var id, var why) -> "command %d failed: %s".formatted(id, why);
        };
    }

    private static String fault(Fault fault) {
        return switch (fault) {
            case Fault.Began(var id, var kind, var target) ->
                    "*** fault %d: %s (%s)".formatted(id, Report.words(kind), target);
            case Fault.Ended(var id) -> "*** fault %d is over".formatted(id);
        };
    }

    private static String at(@Nullable Position position) {
        return position == null ? "" : " at " + position;
    }
}
