package dev.fanfare.core.model;

/**
 * One connected client: its public id, unique per connection, and its user's id, empty for an
 * anonymous one.
 *
 * @param info what its token says about it, for others to see; {@link Payload#NONE}: nothing
 * @param channelInfo the same for one channel
 */
public record ClientInfo(String client, String user, Payload info, Payload channelInfo) {
    /** About whom nothing more is known. */
    public ClientInfo(String client, String user) {
        this(client, user, Payload.NONE, Payload.NONE);
    }

    public boolean isAnonymous() {
        return user.isEmpty();
    }

    /** The same as others see it on one channel. */
    public ClientInfo with(Payload infoOfChannel) {
        return infoOfChannel.equals(channelInfo)
                ? this
                : new ClientInfo(client, user, info, infoOfChannel);
    }
}
