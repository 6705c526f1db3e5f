package dev.fanfare.ably.realtime;

import dev.fanfare.core.model.Disconnect;

/**
 * A client comes back for its connection: it is taken from the loop it was on to that of the
 * client, with its old transport cut off, or the client gets a new one.
 */
record Resumption(Links links, Link link, Guest guest) {
    void start() {
        link.post(this::takeAway);
    }

    /** Where the connection was. */
    private void takeAway() {
        if (link.hasEnded()) {
            guest.loop().post(() -> links.begin(guest, Trouble.NOT_KEPT));
        } else if (!link.isFor(guest.access())) {
            guest.loop().post(() -> links.begin(guest, Trouble.ANOTHER_CLIENT));
        } else {
            link.drop(Disconnect.REPLACED);
            link.moveTo(guest.loop());
            link.post(() -> link.resume(guest));
        }
    }
}
