package dev.fanfare.ably.realtime;

import dev.fanfare.ably.access.Access;

/** A client whose credentials are good, on its way to a connection. */
record Guest(Arrival arrival, Access access, Transport transport, LinkLoop loop) {
    /**
     * Takes a step on the way, on any loop. Where it fails the client is told to come again: nobody
     * waits for a word that does not come.
     */
    void orEnd(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            loop.post(transport::fail);
            throw e;
        }
    }
}
