package dev.fanfare.server.migrate;

import java.time.Duration;

/** Carries single values over from their keys to ours. What is out of our range becomes its end. */
final class Carrier {
    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;

    private final Lines out;

    Carrier(Lines out) {
        this.out = out;
    }

    /** True puts ours. */
    void flag(Source from, String key, String ours) {
        if (from.flag(key)) {
            out.put(ours, true);
        }
    }

    void text(Source from, String key, String ours) {
        var value = from.text(key);
        if (value != null) {
            out.put(ours, value);
        }
    }

    void number(Source from, String key, String ours, long min, long max) {
        var value = from.number(key);
        if (value != null) {
            out.put(ours, within(from, key, value, min, max));
        }
    }

    /** A number of which 0 means that there is no limit, as does the lack of our key. */
    void limit(Source from, String key, String ours, long max) {
        var value = from.number(key);
        if (value != null && value > 0) {
            out.put(ours, within(from, key, value, 1, max));
        }
    }

    /** In bytes. */
    void size(Source from, String key, String ours, long min, long max) {
        var value = from.number(key);
        if (value != null) {
            out.put(ours, size(within(from, key, value, min, max)));
        }
    }

    void time(Source from, String key, String ours, Duration min, Duration max) {
        var value = from.duration(key);
        if (value != null) {
            out.put(ours, GoDuration.ours(within(from, key, value, min, max)));
        }
    }

    static Duration within(Source from, String key, Duration value, Duration min, Duration max) {
        var nearest = value.compareTo(min) < 0 ? min : value;
        nearest = nearest.compareTo(max) > 0 ? max : nearest;
        if (!nearest.equals(value)) {
            from.report().note(from.path(key), "becomes " + GoDuration.ours(nearest));
        }
        return nearest;
    }

    static long within(Source from, String key, long value, long min, long max) {
        long nearest = Math.clamp(value, min, max);
        if (nearest != value) {
            from.report().note(from.path(key), "becomes " + nearest);
        }
        return nearest;
    }

    static String size(long bytes) {
        if (bytes % MIB == 0) {
            return bytes / MIB + "MiB";
        }
        return bytes % KIB == 0 ? bytes / KIB + "KiB" : bytes + "B";
    }
}
