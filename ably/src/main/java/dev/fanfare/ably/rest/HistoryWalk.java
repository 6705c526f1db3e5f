package dev.fanfare.ably.rest;

import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.fanfare.core.model.History;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the wanted part of a history: streams are kept by offset, and asked for by time. One walk,
 * step by step, on whatever thread the stream answers.
 */
final class HistoryWalk {
    /** What is read in one step where the wanted part has to be looked for. */
    private static final int STEP = 1_000;

    /**
     * @param next where the following part begins; null: there is none
     */
    record Found(List<Publication> publications, @Nullable StreamPosition next) {
        Found {
            publications = List.copyOf(publications);
        }
    }

    private final Function<HistoryQuery, CompletionStage<History>> stream;
    private final Span span;
    private final Predicate<Publication> shown;
    private final List<Publication> found = new ArrayList<>();

    private HistoryWalk(
            Function<HistoryQuery, CompletionStage<History>> stream,
            Span span,
            Predicate<Publication> shown) {
        this.stream = stream;
        this.span = span;
        this.shown = shown;
    }

    /**
     * @param shown what is not stays hidden
     */
    static CompletionStage<Found> read(
            Function<HistoryQuery, CompletionStage<History>> stream,
            Span span,
            Predicate<Publication> shown) {
        return new HistoryWalk(stream, span, shown).step(span.from(), span.limit() + 1);
    }

    private CompletionStage<Found> step(@Nullable StreamPosition from, int size) {
        var query = new HistoryQuery(from, size, span.backwards());
        return stream.apply(query).thenCompose(history -> take(history, from, size));
    }

    private CompletionStage<Found> take(History history, @Nullable StreamPosition from, int size) {
        if (from != null && !from.sameEpoch(history.top())) {
            return completedFuture(end());
        }
        for (var publication : history.publications()) {
            if (span.isPast(publication)) {
                return completedFuture(end());
            }
            if (span.includes(publication) && shown.test(publication)) {
                if (found.size() == span.limit()) {
                    return completedFuture(new Found(found, found.getLast().position()));
                }
                found.add(publication);
            }
        }
        return history.publications().size() < size
                ? completedFuture(end())
                : step(history.publications().getLast().position(), STEP);
    }

    private Found end() {
        return new Found(found, null);
    }
}
