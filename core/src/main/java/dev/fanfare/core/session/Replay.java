package dev.fanfare.core.session;

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
record Replay(Recovery recovery, List<Publication> missed, StreamPosition position) {

    /**
     * @param history read after {@code since}, as far as the recovery limit allows
     */
    static Replay of(@Nullable StreamPosition since, History history) {
        if (since == null) {
            return new Replay(Recovery.NOT_ASKED, List.of(), history.top());
        }
        return bridges(since.isKnown() ? since : history.top().at(since.offset()), history)
                ? new Replay(Recovery.RECOVERED, history.publications(), history.top())
                : new Replay(Recovery.LOST, List.of(), history.top());
    }

    /** Where it stands before {@link #missed}. */
    StreamPosition start() {
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
