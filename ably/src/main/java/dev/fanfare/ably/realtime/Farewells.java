package dev.fanfare.ably.realtime;

import java.util.LinkedHashSet;

/**
 * The channels whose client has been told that it is not attached any more, and has not come back
 * since. It is told once: a client that takes its word back, and takes that back again, has sent
 * two DETACHs, and would take a second answer for the end of what it attaches next. Lives on the
 * connection's event loop.
 */
final class Farewells {
    /** So many are remembered: the last. */
    static final int MOST = 200;

    /** As the client calls them. */
    private final LinkedHashSet<String> channels = new LinkedHashSet<>();

    void add(String written) {
        channels.addLast(written);
        if (channels.size() > MOST) {
            channels.removeFirst();
        }
    }

    boolean has(String written) {
        return channels.contains(written);
    }

    /** It attaches, or tries to. */
    void forget(String written) {
        channels.remove(written);
    }

    /** The client has another transport, on which nothing has been told. */
    void forget() {
        channels.clear();
    }
}
