package dev.fanfare.protocols.ably;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A channel as a client names it, perhaps with a qualifier before the name: {@code
 * [?rewind=1]news}, {@code [meta]log}, {@code [filter=<expression>?rewind=1]news}.
 *
 * @param written all of it: what answers repeat
 * @param name without the qualifier
 * @param params of the qualifier, as if the client had sent them with its ATTACH
 * @param filter the expression, as it was written; null: none
 */
public record ChannelName(
        String written,
        String name,
        Kind kind,
        Map<String, String> params,
        @Nullable String filter) {
    /** What is to be heard on it. */
    public enum Kind {
        /** What is published on it. */
        ORDINARY,
        /** What happens to channels: {@code [meta]}. */
        META,
        /** What of it an expression chooses. */
        FILTERED
    }

    /** What the protocol calls a name that nobody can have. */
    public static final int INVALID = 40010;

    private static final String META = "meta";
    private static final String FILTER = "filter=";

    public ChannelName {
        params = Map.copyOf(params);
    }

    /**
     * The name, or null where it cannot be one: it is empty, begins with a colon, a comma or white
     * space, has a line break, or a qualifier that nobody knows.
     */
    public static @Nullable ChannelName parse(String written) {
        if (!written.startsWith("[")) {
            return isName(written)
                    ? new ChannelName(written, written, Kind.ORDINARY, Map.of(), null)
                    : null;
        }
        int end = written.indexOf(']');
        return end < 0 ? null : qualified(written, written.substring(1, end), end + 1);
    }

    /** Says that a name is none. */
    public static ErrorInfo invalid(String written) {
        return ErrorInfo.of(
                INVALID,
                "channel: "
                        + Fields.shown(written)
                        + " (expected: a name that does not begin with a colon, a comma or white"
                        + " space, without line breaks)");
    }

    private static @Nullable ChannelName qualified(String written, String qualifier, int end) {
        var name = written.substring(end);
        if (!isName(name) || name.startsWith("[")) {
            return null;
        }
        int mark = qualifier.indexOf('?');
        var kind = mark < 0 ? qualifier : qualifier.substring(0, mark);
        var params = mark < 0 ? Map.<String, String>of() : params(qualifier.substring(mark + 1));
        if (kind.isEmpty() && mark >= 0) {
            return new ChannelName(written, name, Kind.ORDINARY, params, null);
        }
        if (kind.equals(META)) {
            return new ChannelName(written, name, Kind.META, params, null);
        }
        if (kind.startsWith(FILTER)) {
            var filter = kind.substring(FILTER.length());
            return new ChannelName(written, name, Kind.FILTERED, params, filter);
        }
        return null;
    }

    /** The last of each name counts. */
    private static Map<String, String> params(String query) {
        var params = new LinkedHashMap<String, String>();
        for (var pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                params.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return params;
    }

    private static boolean isName(String name) {
        if (name.isEmpty()) {
            return false;
        }
        char first = name.charAt(0);
        return first != ':'
                && first != ','
                && !Character.isWhitespace(first)
                && name.codePoints().noneMatch(ChannelName::cannotStand);
    }

    /** Line breaks, and halves of characters that UTF-8 has no form for. */
    private static boolean cannotStand(int point) {
        return point == '\n'
                || point == '\r'
                || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
