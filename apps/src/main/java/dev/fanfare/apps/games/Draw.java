package dev.fanfare.apps.games;

import java.util.Map;

/** What chance has decided in one round, for a bet of any size. */
interface Draw {
    /** What the player gets for the bet, in cents, rounded down. */
    long payout(long bet);

    /** What has come up, as messages tell it: values of the JDK. */
    Map<String, Object> members();
}
