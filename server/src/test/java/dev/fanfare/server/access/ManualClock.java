package dev.fanfare.server.access;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until told otherwise. Any thread. */
final class ManualClock implements InstantSource {
    static final long START = 1_700_000_000;

    private volatile Instant now = Instant.ofEpochSecond(START);

    @Override
    public Instant instant() {
        return now;
    }

    void set(long millis) {
        now = Instant.ofEpochMilli(millis);
    }
}
