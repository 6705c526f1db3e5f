package dev.fanfare.ably.realtime;

import dev.fanfare.protocols.ably.ErrorInfo;

/**
 * A client comes back for its connection: it is taken from the loop it is on to that of the client,
 * with its old transport cut off, or the client gets a new one. Of several at a time each gets the
 * connection in turn: one that is on its way arrives before it is taken again.
 */
record Resumption(Links links, Link link, Guest guest) {
    void start() {
        link.post(() -> guest.orEnd(this::takeAway));
    }

    /** Where the connection is. */
    private void takeAway() {
        if (link.isMoving()) {
            start();
        } else if (link.hasEnded()) {
            beginAnew(Trouble.NOT_KEPT);
        } else if (!link.isFor(guest.access())) {
            beginAnew(Trouble.ANOTHER_CLIENT);
        } else {
            link.moveTo(guest.loop());
            link.post(() -> guest.orEnd(this::arrive));
        }
    }

    /** Where its client is. It may have ended on the way. */
    private void arrive() {
        guest.loop().arrived();
        if (link.hasEnded()) {
            beginAnew(Trouble.NOT_KEPT);
        } else {
            link.resume(guest);
        }
    }

    private void beginAnew(ErrorInfo why) {
        guest.loop().post(() -> guest.orEnd(() -> links.begin(guest, why)));
    }
}
