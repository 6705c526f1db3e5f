package dev.fanfare.check.history;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Writes down what happens, in one order. Any thread. */
public final class Recorder {
    private static final long NANOS_PER_MICRO = 1_000;

    private final Run run;
    private final LongSupplier clock;
    private final long start;

    @GuardedBy("this")
    private final List<Entry> entries = new ArrayList<>();

    /**
     * @param clock in nanoseconds, never going back
     */
    public Recorder(Run run, LongSupplier clock) {
        this.run = run;
        this.clock = clock;
        start = clock.getAsLong();
    }

    public synchronized void record(Fact fact) {
        entries.add(new Entry(entries.size() + 1L, now(), fact));
    }

    /** Since the beginning of the run, in microseconds. */
    public long now() {
        return (clock.getAsLong() - start) / NANOS_PER_MICRO;
    }

    /** What has been recorded until now. */
    public synchronized Recording recording() {
        return new Recording(run, entries);
    }
}
