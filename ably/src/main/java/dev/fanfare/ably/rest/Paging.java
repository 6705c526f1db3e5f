package dev.fanfare.ably.rest;

import dev.fanfare.ably.access.Denied;
import dev.fanfare.ably.rest.RestAnswer.Header;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers in pages, whose headers lead to the others. */
final class Paging {
    /** Where a page begins: ours alone to understand. */
    static final String CURSOR = "cursor";

    private static final int USUAL_LIMIT = 100;
    private static final int HIGHEST_LIMIT = 1_000;

    private Paging() {}

    /** So many from this one on. */
    record Window(int from, int limit) {
        <T> Part<T> of(List<T> all) {
            int begin = Math.min(from, all.size());
            int end = Math.min(begin + limit, all.size());
            return new Part<>(
                    all.subList(begin, end), end < all.size() ? String.valueOf(end) : null);
        }
    }

    /**
     * @param next the cursor of the part that follows; null: this is the last
     */
    record Part<T>(List<T> items, @Nullable String next) {}

    static int limit(Query query) throws Denied {
        return (int) query.number("limit", USUAL_LIMIT, 1, HIGHEST_LIMIT);
    }

    /**
     * @param items as trees
     * @param next the cursor of the page that follows; null: this is the last
     */
    static Reply reply(Ask ask, List<?> items, @Nullable String next) {
        var path = ask.request().path().getLast();
        var query = ask.query();
        var links = new ArrayList<Header>();
        links.add(link("first", path, query.without(CURSOR)));
        links.add(link("current", path, query));
        if (next != null) {
            links.add(link("next", path, query.with(CURSOR, next)));
        }
        return new Reply(200, items, links);
    }

    /** What a page shows of something that is there as a whole. */
    static Window window(Query query) throws Denied {
        return new Window((int) query.number(CURSOR, 0, 0, Integer.MAX_VALUE), limit(query));
    }

    /** Relative, with the last part of the path alone, and each in a header of its own. */
    private static Header link(String relation, String path, Query query) {
        return new Header("Link", "<./%s?%s>; rel=\"%s\"".formatted(path, shown(query), relation));
    }

    /** Without what is secret: the client says that again. */
    private static String shown(Query query) {
        return query.without("key", "access_token", "accessToken").encoded();
    }
}
