package dev.fanfare.ably.realtime;

import dev.fanfare.ably.channel.PresenceLog;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.protocols.ably.Data;
import dev.fanfare.protocols.ably.MemberInfo;
import dev.fanfare.protocols.ably.WirePresence;
import dev.fanfare.protocols.ably.WirePresence.Action;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One connection's members of one channel, by client id, each with what it said last. Lives on the
 * connection's event loop.
 */
final class Presences {
    private static final String MADE_UP = "left:";

    private final Channels channels;
    private final PresenceLog log;
    private final ResolvedChannel channel;
    private final Map<String, WirePresence> members = new HashMap<>();

    /** Client ids of members that may not be where others see them. */
    private final Set<String> doubtful = new HashSet<>();

    Presences(Channels channels, PresenceLog log, ResolvedChannel channel) {
        this.channels = channels;
        this.log = log;
        this.channel = channel;
    }

    /** How many come who are not in. */
    int newcomers(List<WirePresence> events) {
        return (int)
                events.stream()
                        .filter(event -> event.action() != Action.LEAVE)
                        .map(WirePresence::clientId)
                        .distinct()
                        .filter(clientId -> !members.containsKey(clientId))
                        .count();
    }

    /** How many members the channel has, whosever they are. */
    CompletionStage<Integer> count() {
        return channels.members(channel).thenApply(Map::size);
    }

    /**
     * What has been told already, for it is sent again, is not told again.
     *
     * @return completes when it is so
     */
    CompletableFuture<Void> apply(WirePresence event) {
        var known = members.get(event.clientId());
        if (event.action() == Action.LEAVE) {
            return known == null
                    ? CompletableFuture.completedFuture(null)
                    : leave(withLastWords(event, known));
        }
        if (doubtful.remove(event.clientId()) || known == null) {
            return enter(event);
        }
        return PresenceStamp.isNewer(event, known)
                ? update(event)
                : CompletableFuture.completedFuture(null);
    }

    /** Not all of this could be done: whoever it is about enters, when that is tried again. */
    void doubt(List<WirePresence> events) {
        events.stream()
                .map(WirePresence::clientId)
                .filter(members::containsKey)
                .forEach(doubtful::add);
    }

    private CompletableFuture<Void> enter(WirePresence event) {
        members.put(event.clientId(), event);
        log.add(channel, as(Action.ENTER, event));
        return channels.enter(channel, MemberInfo.client(event)).toCompletableFuture();
    }

    private CompletableFuture<Void> update(WirePresence event) {
        members.put(event.clientId(), event);
        log.add(channel, as(Action.UPDATE, event));
        return channels.update(channel, MemberInfo.client(event)).toCompletableFuture();
    }

    private CompletableFuture<Void> leave(WirePresence event) {
        members.remove(event.clientId());
        doubtful.remove(event.clientId());
        log.add(channel, event);
        return channels.withdraw(channel, MemberInfo.client(event)).toCompletableFuture();
    }

    /**
     * All go without a word.
     *
     * @param now in milliseconds since 1970
     */
    void leaveAll(long now) {
        for (var member : List.copyOf(members.values())) {
            var _ =
                    leave(
                            new WirePresence(
                                    Action.LEAVE,
                                    MADE_UP + member.id() + ':' + now,
                                    member.clientId(),
                                    member.connectionId(),
                                    member.data(),
                                    now,
                                    member.extras()));
        }
    }

    private static WirePresence withLastWords(WirePresence event, WirePresence known) {
        return event.data().form() == Data.Form.NONE
                ? with(event.action(), event, known.data())
                : event;
    }

    private static WirePresence as(Action action, WirePresence event) {
        return with(action, event, event.data());
    }

    private static WirePresence with(Action action, WirePresence event, Data data) {
        return new WirePresence(
                action,
                event.id(),
                event.clientId(),
                event.connectionId(),
                data,
                event.timestamp(),
                event.extras());
    }
}
