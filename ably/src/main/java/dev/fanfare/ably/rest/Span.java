package dev.fanfare.ably.rest;

import dev.fanfare.ably.access.Denied;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a history is wanted.
 *
 * @param start not before; in milliseconds since 1970
 * @param end not after; in milliseconds since 1970
 * @param from only what lies beyond it, in the direction of reading; null: from the very end
 */
record Span(long start, long end, boolean backwards, int limit, @Nullable StreamPosition from) {
    /**
     * From the parameters {@code start}, {@code end}, {@code direction} and {@code limit}; a cursor
     * of ours goes before {@code from_serial}, up to and with which a client has not heard the
     * channel.
     */
    static Span of(Query query) throws Denied {
        long start = query.number("start", 0, 0, Long.MAX_VALUE);
        long end = query.number("end", Long.MAX_VALUE, 0, Long.MAX_VALUE);
        if (start > end) {
            throw Errors.parameter("start", String.valueOf(start), "no later than end");
        }
        boolean backwards = isBackwards(query);
        return new Span(start, end, backwards, Paging.limit(query), from(query, backwards));
    }

    private static boolean isBackwards(Query query) throws Denied {
        return switch (query.text("direction")) {
            case null -> true;
            case "backwards" -> true;
            case "forwards" -> false;
            case String other ->
                    throw Errors.parameter("direction", other, "backwards or forwards");
        };
    }

    private static @Nullable StreamPosition from(Query query, boolean backwards) throws Denied {
        var cursor = query.text(Paging.CURSOR);
        if (cursor != null) {
            return Cursor.position(cursor);
        }
        var serial = query.text("from_serial");
        var same = serial == null ? query.text("fromSerial") : serial;
        return same == null ? null : Cursor.upTo(same, backwards);
    }

    /** Nothing that follows it is wanted. */
    boolean isPast(Publication publication) {
        return backwards ? publication.time() < start : publication.time() > end;
    }

    boolean includes(Publication publication) {
        return publication.time() >= start && publication.time() <= end;
    }
}
