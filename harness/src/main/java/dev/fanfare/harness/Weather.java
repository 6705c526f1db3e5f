package dev.fanfare.harness;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** When bytes may go on that have come to a proxy. Thread-safe. */
final class Weather {
    /** What it is at the moment. */
    sealed interface State {}

    record Passing() implements State {}

    record Delaying(Duration delay) implements State {}

    record Stalling() implements State {}

    record Refusing() implements State {}

    @GuardedBy("this")
    private State state = new Passing();

    synchronized void become(State next) {
        state = next;
        notifyAll();
    }

    synchronized boolean isRefusing() {
        return state instanceof Refusing;
    }

    /** Returns when bytes that came at this time of {@link System#nanoTime} may go on. */
    synchronized void await(long arrival) throws InterruptedException {
        while (true) {
            switch (state) {
                case Passing(), Refusing() -> {
                    return;
                }
                case Stalling() -> wait();
                case Delaying(var delay) -> {
                    long left = arrival + delay.toNanos() - System.nanoTime();
                    if (left <= 0) {
                        return;
                    }
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                }
            }
        }
    }
}
