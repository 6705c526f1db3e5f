package dev.fanfare.brokers.redis;

import dev.fanfare.core.model.Unavailable;
import java.util.Set;
import java.util.regex.Pattern;

/** What Redis' errors mean. */
final class Refused {
    /** Nothing was done, because this is not the primary of the keys any more. */
    private static final Set<String> MISPLACED =
            Set.of("READONLY", "MOVED", "ASK", "TRYAGAIN", "CLUSTERDOWN", "MASTERDOWN");

    /** Mistakes of ours: another try would fail as well. */
    private static final Set<String> MISTAKES =
            Set.of("ERR", "WRONGTYPE", "CROSSSLOT", "EXECABORT");

    /** As Redis 6 says what a command of a script was refused with. */
    private static final Pattern IN_SCRIPT =
            Pattern.compile("^ERR Error running script.*? -(?<code>[A-Z]+) ");

    private Refused() {}

    static RuntimeException because(String server, String error) {
        var text = server + ": " + error;
        return MISTAKES.contains(code(error))
                ? new IllegalStateException(text)
                : new Unavailable(text);
    }

    /** Whether it has to be found out anew where the primary is. */
    static boolean isMisplaced(String error) {
        return MISPLACED.contains(code(error));
    }

    /** The word an error begins with, also one that a script of Redis 6 has met with. */
    static String code(String error) {
        var within = IN_SCRIPT.matcher(error);
        if (within.find()) {
            return within.group("code");
        }
        int end = error.indexOf(' ');
        return end < 0 ? error : error.substring(0, end);
    }
}
