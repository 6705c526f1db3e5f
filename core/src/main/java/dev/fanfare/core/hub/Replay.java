package dev.fanfare.core.hub;

import dev.fanfare.core.model.History;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Recovery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a subscriber that left off somewhere is owed, judged from the kept history alone.
 *
 * @param missed what it has to be sent before anything new
 * @param position where it stands afterwards
 */
public record Replay(Recovery recovery, List<Publication> missed, StreamPosition position) {

    /**
     * @param history read after {@code since}, as far as the recovery limit allows
     */
    public static Replay of(@Nullable StreamPosition since, History history) {
        if (since == null) {
            return new Replay(Recovery.NOT_ASKED, List.of(), history.top());
        }
        return bridges(since.isKnown() ? since : history.top().at(since.offset()), history)
                ? new Replay(Recovery.RECOVERED, history.publications(), history.top())
                : new Replay(Recovery.LOST, List.of(), history.top());
    }

    /** Of a channel that keeps nothing. */
    public static Replay nothing(Recovery recovery) {
        return new Replay(recovery, List.of(), StreamPosition.NONE);
    }

    /**
     * To a subscriber that needs no more than the newest publication.
     *
     * @param newest the channel's newest publication, if it is kept
     */
    public static Replay ofCache(@Nullable StreamPosition since, History newest) {
        if (since == null) {
            return new Replay(Recovery.NOT_ASKED, List.of(), newest.top());
        }
        var top = newest.top();
        if (top.equals(since) || (!since.isKnown() && since.offset() == top.offset())) {
            return new Replay(Recovery.RECOVERED, List.of(), top);
        }
        boolean kept =
                !newest.publications().isEmpty()
                        && newest.publications().getFirst().position().equals(top);
        return kept
                ? new Replay(Recovery.RECOVERED, newest.publications(), top)
                : new Replay(Recovery.LOST, List.of(), top);
    }

    /** Where it stands before {@link #missed}. */
    public StreamPosition start() {
        return missed.isEmpty()
                ? position
                : new StreamPosition(position.epoch(), position.offset() - missed.size());
    }

    /** Whether the publications lead from the position to the top without a hole. */
    private static boolean bridges(StreamPosition since, History history) {
        var missed = history.publications();
        if (missed.isEmpty()) {
            return since.equals(history.top());
        }
        return since.precedes(missed.getFirst().position())
                && missed.getLast().position().equals(history.top())
                && missed.size() == history.top().offset() - since.offset();
    }
}
