package dev.fanfare.core.broker;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.model.Version;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One channel's kept publications. Not thread-safe: its stripe's lock guards it. */
final class MemoryStream {
    private final ArrayDeque<Publication> kept = new ArrayDeque<>(1);
    private StreamPosition top;
    private @Nullable Version version;
    private long usedAt;
    private long maxAge;
    private long remember;

    MemoryStream(String epoch) {
        top = new StreamPosition(epoch, 0);
    }

    Publication append(Channel channel, Message message, Retention retention, long now) {
        top = top.next();
        var publication = new Publication(channel, top, now, message);
        kept.addLast(publication);
        trim(retention, now);
        return publication;
    }

    StreamPosition top() {
        return top;
    }

    /** Goes on to the version; false if it has been reached already. */
    boolean advance(Version next) {
        if (version != null && version.covers(next)) {
            return false;
        }
        version = next;
        return true;
    }

    History read(HistoryQuery query, Retention retention, long now) {
        trim(retention, now);
        return new History(query.limit() == 0 ? List.of() : select(query), top);
    }

    void clear() {
        kept.clear();
    }

    /** Drops what is too old; true when nothing is left and nobody has used the stream for long. */
    boolean isForgotten(long now) {
        dropOlderThan(now - maxAge);
        return kept.isEmpty() && now - usedAt > remember;
    }

    /** Somebody still cares: the stream is not to be forgotten soon. */
    void use(long now) {
        usedAt = now;
    }

    private void trim(Retention retention, long now) {
        use(now);
        maxAge = retention.age().toMillis();
        remember = retention.remember().toMillis();
        while (kept.size() > retention.size()) {
            kept.removeFirst();
        }
        dropOlderThan(now - maxAge);
    }

    private void dropOlderThan(long oldest) {
        while (!kept.isEmpty() && kept.getFirst().time() < oldest) {
            kept.removeFirst();
        }
    }

    private List<Publication> select(HistoryQuery query) {
        var since = query.since();
        var selected = new ArrayList<Publication>();
        Iterator<Publication> all = query.reverse() ? kept.descendingIterator() : kept.iterator();
        while (all.hasNext() && selected.size() < query.limit()) {
            var publication = all.next();
            if (since == null
                    || isBeyond(publication.position().offset(), since.offset(), query.reverse())) {
                selected.add(publication);
            }
        }
        return selected;
    }

    private static boolean isBeyond(long offset, long since, boolean reverse) {
        return reverse ? offset < since : offset > since;
    }
}
