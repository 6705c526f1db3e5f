package dev.fanfare.server.migrate;

import java.util.ArrayList;
import java.util.List;

/** What a person has to be told about a migration, in the order it was found. Shows no values. */
final class Report {
    private final List<String> lines = new ArrayList<>();

    /** A key has nothing to become. */
    void lost(String key, String why) {
        lines.add("not carried over: " + key + ": " + why);
    }

    /** A key is carried over, and something follows from it. */
    void note(String key, String what) {
        lines.add("note: " + key + ": " + what);
    }

    /** A key is carried over, and dangerous. */
    void warn(String key, String what) {
        lines.add("warning: " + key + ": " + what);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
