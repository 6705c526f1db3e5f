package dev.fanfare.ably.app;

import java.time.Duration;

/**
 * What one client may use, and for how long it is waited for.
 *
 * @param messageSize of the largest message; in bytes
 * @param frameSize of the largest frame and request; in bytes
 * @param channels one connection may be attached to
 * @param members of one channel
 * @param rewind the most messages that an attachment starts with
 */
public record Limits(
        int messageSize, int frameSize, int channels, int members, int rewind, Patience patience) {
    public static final Limits USUAL =
            new Limits(
                    65_536,
                    524_288,
                    200,
                    250,
                    100,
                    new Patience(
                            Duration.ofMinutes(2), Duration.ofSeconds(15), Duration.ofSeconds(15)));

    /**
     * @param connection how long one that was lost can be resumed
     * @param presence how long the members of a connection that was lost are still there
     * @param idle the longest time in which nothing is sent to a connection
     */
    public record Patience(Duration connection, Duration presence, Duration idle) {}

    /**
     * @param most of one channel; 0: as many as here
     */
    Limits withMembers(int most) {
        return most == 0
                ? this
                : new Limits(messageSize, frameSize, channels, most, rewind, patience);
    }
}
