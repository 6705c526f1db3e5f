package dev.fanfare.check.judge;

import dev.fanfare.check.history.Entry;
import dev.fanfare.check.history.Fact;

/** An entry, and the fact in it by its type. */
record Seen<F extends Fact>(Entry entry, F fact) {
    long number() {
        return entry.number();
    }

    long time() {
        return entry.time();
    }
}
