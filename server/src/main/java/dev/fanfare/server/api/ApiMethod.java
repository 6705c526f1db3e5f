package dev.fanfare.server.api;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What can be called by name, alone or in a batch. */
enum ApiMethod {
    PUBLISH,
    BROADCAST,
    SUBSCRIBE,
    UNSUBSCRIBE,
    DISCONNECT,
    REFRESH,
    PRESENCE,
    PRESENCE_STATS,
    HISTORY,
    HISTORY_REMOVE,
    CHANNELS,
    INFO,
    RPC;

    private static final Map<String, ApiMethod> BY_WORD =
            Stream.of(values()).collect(Collectors.toMap(ApiMethod::word, Function.identity()));

    private final String word = name().toLowerCase(Locale.ROOT);

    /** As paths and batches say it: {@code presence_stats}. */
    String word() {
        return word;
    }

    static @Nullable ApiMethod named(String word) {
        return BY_WORD.get(word);
    }
}
