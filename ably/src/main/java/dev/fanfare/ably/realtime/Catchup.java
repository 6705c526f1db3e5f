package dev.fanfare.ably.realtime;

import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.core.hub.Replay;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Recovery;
import dev.fanfare.protocols.ably.ErrorInfo;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a client has to hear before it hears what is published next.
 *
 * @param error what it does not get, though it has asked for it; null: nothing
 * @param members of the channel, where it may see them
 */
record Catchup(Replay replay, @Nullable ErrorInfo error, Map<String, ClientInfo> members) {
    /** So many messages are sent again at most. */
    static final int MOST_RECOVERED = 1_000;

    /** So many bytes of messages are sent again at most, or rewound to. */
    static final long MOST_BYTES = 16 * 1024 * 1024;

    private static final int LOST = 90003;
    private static final int TOO_MANY = 90004;
    private static final int UNAVAILABLE = 50003;

    private record Past(Replay replay, @Nullable ErrorInfo error) {
        static Past of(Replay replay) {
            return new Past(replay, replay.recovery() == Recovery.LOST ? lost() : null);
        }
    }

    /** Of which channel, and whether with its members. */
    record Wanted(ResolvedChannel channel, boolean members) {}

    boolean isLoss() {
        return replay.recovery() == Recovery.LOST;
    }

    /** Whether it may be much to send. */
    boolean isLarge() {
        return !replay.missed().isEmpty() || !members.isEmpty();
    }

    /** How many of these, from the first one on, are sent together at most. */
    static int fitting(List<Publication> publications) {
        long bytes = 0;
        int fitting = 0;
        for (var publication : publications) {
            bytes += publication.message().payload().size();
            if (bytes > MOST_BYTES) {
                break;
            }
            fitting++;
        }
        return fitting;
    }

    /** That messages may be missing. */
    static ErrorInfo lost() {
        return new ErrorInfo(
                LOST, 404, "channelSerial: too old (expected: one after which all is kept)");
    }

    /** That the attachment has not come to where its channel is in time. */
    static ErrorInfo lateness() {
        return new ErrorInfo(
                UNAVAILABLE,
                503,
                "channel: more than %d things to hold back (expected: an answer of the broker)"
                        .formatted(Attachment.MOST_HELD_BACK));
    }

    /**
     * Reads it, on any thread: what comes meanwhile the attachment holds back.
     *
     * @param now in milliseconds since 1970
     */
    static CompletionStage<Catchup> read(Channels channels, Wanted wanted, Start start, long now) {
        var members =
                wanted.members()
                        ? channels.members(wanted.channel())
                        : completedFuture(Map.<String, ClientInfo>of());
        return past(channels, wanted.channel(), start, now)
                .thenCombine(members, (past, all) -> new Catchup(past.replay(), past.error(), all));
    }

    private static CompletionStage<Past> past(
            Channels channels, ResolvedChannel channel, Start start, long now) {
        if (!channel.rules().keepsHistory()) {
            boolean asked = start instanceof Start.After || start instanceof Start.Lost;
            var recovery = asked ? Recovery.LOST : Recovery.NOT_ASKED;
            return completedFuture(Past.of(Replay.nothing(recovery)));
        }
        return channels.history(channel, query(start))
                .thenApply(
                        history ->
                                switch (start) {
                                    case Start.Now() -> Past.of(Replay.of(null, history));
                                    case Start.Back(var rewind) -> rewound(rewind, history, now);
                                    case Start.After(var position) -> after(position, history);
                                    case Start.Lost() -> Past.of(lost(history));
                                });
    }

    private static HistoryQuery query(Start start) {
        return switch (start) {
            case Start.Now _, Start.Lost _ -> HistoryQuery.TOP;
            case Start.Back(var rewind) -> rewind.query();
            case Start.After(var position) -> HistoryQuery.after(position, MOST_RECOVERED);
        };
    }

    private static Past rewound(Rewind rewind, History history, long now) {
        var replay = new Replay(Recovery.NOT_ASKED, rewind.chosen(history, now), history.top());
        return new Past(replay, rewind.shortage(history, now));
    }

    private static Past after(StreamPosition position, History history) {
        var replay = Replay.of(position, history);
        boolean tooLarge = fitting(replay.missed()) < replay.missed().size();
        boolean tooMany =
                replay.recovery() == Recovery.LOST
                        && position.sameEpoch(history.top())
                        && history.publications().size() == MOST_RECOVERED;
        if (tooLarge || tooMany) {
            return new Past(lost(history), tooMany());
        }
        return Past.of(replay);
    }

    private static ErrorInfo tooMany() {
        return new ErrorInfo(
                TOO_MANY,
                404,
                "channelSerial: too old (expected: one after which at most %d messages follow, of %d bytes)"
                        .formatted(MOST_RECOVERED, MOST_BYTES));
    }

    private static Replay lost(History history) {
        return new Replay(Recovery.LOST, List.of(), history.top());
    }
}
