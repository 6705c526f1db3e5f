package dev.fanfare.push;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what it hears. */
final class RecordingObserver implements PushObserver {
    final AtomicInteger sent = new AtomicInteger();
    final AtomicInteger removed = new AtomicInteger();
    final List<PushError> retried = new CopyOnWriteArrayList<>();
    final List<PushError> failed = new CopyOnWriteArrayList<>();
    volatile long waiting = -1;

    @Override
    public void sent() {
        sent.incrementAndGet();
    }

    @Override
    public void retried(PushError why) {
        retried.add(why);
    }

    @Override
    public void failed(PushError why) {
        failed.add(why);
    }

    @Override
    public void tokenRemoved() {
        removed.incrementAndGet();
    }

    @Override
    public void queue(long count, Duration oldest, long unconfirmed) {
        waiting = count;
    }
}
