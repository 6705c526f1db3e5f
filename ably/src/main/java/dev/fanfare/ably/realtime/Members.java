package dev.fanfare.ably.realtime;

import dev.fanfare.ably.access.Denied;
import dev.fanfare.ably.access.Operation;
import dev.fanfare.ably.channel.Author;
import dev.fanfare.ably.channel.PresenceLog;
import dev.fanfare.ably.channel.Refusals;
import dev.fanfare.ably.channel.Size;
import dev.fanfare.core.model.Channel;
import dev.fanfare.protocols.ably.ErrorInfo;
import dev.fanfare.protocols.ably.Flag;
import dev.fanfare.protocols.ably.Incoming;
import dev.fanfare.protocols.ably.WirePresence;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * As whom one connection is present, and where. What its client asks for is done in the order in
 * which it was asked, once. Members outlive the connection's transport, for a while. Lives on the
 * connection's event loop.
 */
final class Members {
    /** What one protocol message asks for. */
    private record Change(
            Presences presences,
            List<WirePresence> events,
            long msgSerial,
            Acknowledgements.Slot answer) {}

    private static final long NEVER = Long.MAX_VALUE;
    private static final int CROWDED = 91003;

    private final Line line;
    private final AttachedChannels attachments;
    private final Acknowledgements acknowledgements;
    private final Map<Channel, Presences> own = new HashMap<>();
    private final Repeats repeats = new Repeats();

    /** What waits for the one before. */
    private final ArrayDeque<Runnable> steps = new ArrayDeque<>();

    private boolean busy;
    private boolean ended;

    /** When its members leave, should its client not be back; in milliseconds since 1970. */
    private long leaveAt = NEVER;

    Members(Line line, AttachedChannels attachments, Acknowledgements acknowledgements) {
        this.line = line;
        this.attachments = attachments;
        this.acknowledgements = acknowledgements;
    }

    void take(Incoming.Presence presence) {
        var answer = acknowledgements.expect(presence.msgSerial());
        enqueue(() -> begin(presence, answer));
    }

    /** It leaves the channel. */
    void leave(Channel channel) {
        enqueue(() -> leaveNow(channel));
    }

    private void enqueue(Runnable step) {
        steps.add(step);
        proceed();
    }

    private void proceed() {
        while (!busy && !steps.isEmpty()) {
            steps.remove().run();
        }
    }

    private void begin(Incoming.Presence presence, Acknowledgements.Slot answer) {
        if (repeats.has(presence.msgSerial())) {
            answer.acknowledge(List.of());
            return;
        }
        try {
            var presences = presences(presence.channel());
            var change = new Change(presences, stamped(presence), presence.msgSerial(), answer);
            int newcomers = presences.newcomers(change.events());
            if (newcomers == 0) {
                carryOut(change);
            } else {
                admit(change, newcomers);
            }
        } catch (Denied denied) {
            refuse(presence.msgSerial(), answer, denied.error());
        }
    }

    private void refuse(long msgSerial, Acknowledgements.Slot answer, ErrorInfo why) {
        repeats.refuse(msgSerial);
        answer.refuse(why);
    }

    private Presences presences(String written) throws Denied {
        var name = Names.ordinary(written);
        var channels = line.app().channels();
        var channel = author().channel(channels, Operation.PRESENCE, name.name());
        attachments.checkMode(name, Flag.PRESENCE);
        if (!channel.rules().presence()) {
            throw new Denied(
                    ErrorInfo.of(
                            40000, "channel: " + written + " (expected: one that keeps members)"));
        }
        return own.computeIfAbsent(
                channel.channel(),
                key ->
                        new Presences(
                                channels, new PresenceLog(line.app().presenceHistory()), channel));
    }

    private Author author() {
        return new Author(line.access(), line.connectionId());
    }

    private List<WirePresence> stamped(Incoming.Presence presence) throws Denied {
        var stamp = new PresenceStamp(author(), presence.msgSerial(), line.now());
        var events = stamp.all(presence.members());
        Size.checkMembers(events, line.app().limits().messageSize());
        return events;
    }

    /** Only so many can be in. */
    private void admit(Change change, int newcomers) {
        int most = line.app().limits().members();
        busy = true;
        line.then(
                change.presences().count(),
                (count, failure) -> {
                    busy = false;
                    if (ended) {
                        return;
                    }
                    if (count == null) {
                        refuse(change, Refusals.info(failure));
                    } else if (count + newcomers > most) {
                        refuse(change, crowded(most));
                    } else {
                        carryOut(change);
                    }
                    proceed();
                });
    }

    private void carryOut(Change change) {
        repeats.add(change.msgSerial());
        var presences = change.presences();
        var done = change.events().stream().map(presences::apply).toArray(CompletableFuture[]::new);
        line.then(
                CompletableFuture.allOf(done).thenApply(nothing -> List.<String>of()),
                (serials, failure) -> {
                    if (serials == null) {
                        presences.doubt(change.events());
                        refuse(change, Refusals.info(failure));
                    } else {
                        change.answer().acknowledge(serials);
                    }
                });
    }

    private void refuse(Change change, ErrorInfo why) {
        refuse(change.msgSerial(), change.answer(), why);
    }

    private void leaveNow(Channel channel) {
        var presences = own.remove(channel);
        if (presences != null) {
            presences.leaveAll(line.now());
        }
    }

    void transportLost() {
        long now = line.now();
        leaveAt = now + line.presenceGrace().toMillis();
        sweep(now);
    }

    void transportBack() {
        leaveAt = NEVER;
    }

    void sweep(long now) {
        if (now >= leaveAt) {
            leaveAt = NEVER;
            List.copyOf(own.keySet()).forEach(this::leaveNow);
        }
    }

    /** Where it may not be any more it is not. */
    void accessChanged() {
        for (var channel : List.copyOf(own.keySet())) {
            if (!line.access().allows(Operation.PRESENCE, channel.name())) {
                leaveNow(channel);
            }
        }
    }

    void end() {
        ended = true;
        steps.clear();
        List.copyOf(own.keySet()).forEach(this::leaveNow);
    }

    private static ErrorInfo crowded(int most) {
        return new ErrorInfo(CROWDED, 400, "members: more (expected: at most " + most + ")");
    }
}
