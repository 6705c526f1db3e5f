package dev.fanfare.ably.realtime;

import dev.fanfare.ably.access.Denied;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Publication;
import dev.fanfare.protocols.ably.ErrorInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * With how much of what was published an attachment begins.
 *
 * @param most so many messages
 * @param reach none that is older
 * @param bounded whether the client would have more than that
 */
record Rewind(int most, Duration reach, boolean bounded) {
    static final String PARAM = "rewind";
    static final String LIMIT = "rewindLimit";

    private static final int TOO_MANY = 90004;
    private static final Pattern WISH = Pattern.compile("([0-9]{1,9})([sm]?)");
    private static final Duration ENDLESS = Duration.ofDays(36_500);

    /**
     * What the params say; null: nothing.
     *
     * @param limit nobody gets more
     */
    static @Nullable Rewind of(Map<String, String> params, int limit) throws Denied {
        var text = params.get(PARAM);
        if (text == null) {
            return null;
        }
        var wish = WISH.matcher(text);
        if (!wish.matches()) {
            throw bad(PARAM, text, "a number, of messages or with s or m of time: 10, 30s, 2m");
        }
        int number = Integer.parseInt(wish.group(1));
        int asked = asked(params.get(LIMIT));
        return switch (wish.group(2)) {
            case "s" -> ofTime(Duration.ofSeconds(number), asked, limit);
            case "m" -> ofTime(Duration.ofMinutes(number), asked, limit);
            default -> new Rewind(Math.min(number, limit), ENDLESS, number > limit);
        };
    }

    private static Rewind ofTime(Duration reach, int asked, int limit) {
        return new Rewind(Math.min(asked, limit), reach, asked > limit);
    }

    private static int asked(@Nullable String limit) throws Denied {
        if (limit == null) {
            return Integer.MAX_VALUE;
        }
        if (!limit.matches("[0-9]{1,9}")) {
            throw bad(LIMIT, limit, "a number of messages");
        }
        return Integer.parseInt(limit);
    }

    private static Denied bad(String param, String value, String expected) {
        return new Denied(
                ErrorInfo.of(40000, param + ": " + value + " (expected: " + expected + ")"));
    }

    /** One more than it takes, to see whether there are more. */
    HistoryQuery query() {
        return new HistoryQuery(null, most + 1, true);
    }

    /** What of the answer the client gets, the oldest first. */
    List<Publication> chosen(History history, long now) {
        var newest = within(history, now).limit(most).toList();
        return newest.subList(0, Catchup.fitting(newest)).reversed();
    }

    /** That there was more than the client can get; null: there was not. */
    @Nullable ErrorInfo shortage(History history, long now) {
        int chosen = chosen(history, now).size();
        boolean cut = bounded || chosen < most;
        return cut && within(history, now).count() > chosen
                ? new ErrorInfo(
                        TOO_MANY,
                        404,
                        "rewind: more (expected: at most %d, of %d bytes)"
                                .formatted(most, Catchup.MOST_BYTES))
                : null;
    }

    private Stream<Publication> within(History history, long now) {
        long oldest = now - reach.toMillis();
        return history.publications().stream().takeWhile(each -> each.time() >= oldest);
    }
}
