package dev.fanfare.ably.channel;

import dev.fanfare.ably.access.Access;
import dev.fanfare.ably.access.Denied;
import dev.fanfare.ably.access.Operation;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.protocols.ably.ErrorInfo;
import org.jspecify.annotations.Nullable;

/**
 * Whoever does something on channels.
 *
 * @param connectionId of the connection that does it, or that it is done for; empty: none
 */
public record Author(Access access, String connectionId) {
    /** Of characters. */
    public static final int LONGEST_CLIENT_ID = 1_024;

    private static final int BAD_CLIENT_ID = 40012;

    /**
     * The channel, where the capability allows this on it.
     *
     * @param name without a qualifier
     */
    public ResolvedChannel channel(Channels channels, Operation operation, String name)
            throws Denied {
        if (!access.allows(operation, name)) {
            throw new Denied(
                    ErrorInfo.of(
                            40160,
                            "channel: %s (expected: one that the capability allows %s on)"
                                    .formatted(name, operation.word())));
        }
        var channel = channels.find(name);
        if (channel == null) {
            throw new Denied(Refusals.info(channels.unknown(name)));
        }
        return channel;
    }

    /**
     * As which client it acts; empty: as none.
     *
     * @param named the client that it names itself; null: none
     */
    public String client(@Nullable String named) throws Denied {
        var own = access.clientId();
        if (named == null || named.isEmpty()) {
            return own == null || own.equals(Access.ANY) ? "" : checked(own);
        }
        checked(named);
        boolean allowed = Access.ANY.equals(own) || named.equals(own);
        if (!allowed || named.equals(Access.ANY)) {
            throw new Denied(ErrorInfo.of(BAD_CLIENT_ID, mismatch(named, own)));
        }
        return named;
    }

    private static String checked(String clientId) throws Denied {
        if (clientId.length() > LONGEST_CLIENT_ID) {
            throw new Denied(
                    ErrorInfo.of(
                            BAD_CLIENT_ID,
                            "clientId: %d characters (expected: at most %d)"
                                    .formatted(clientId.length(), LONGEST_CLIENT_ID)));
        }
        return clientId;
    }

    private static String mismatch(String named, @Nullable String own) {
        var expected = own == null ? "none" : own.equals(Access.ANY) ? "one, not all" : own;
        return "clientId: " + named + " (expected: " + expected + ")";
    }

    /** As subscribers know it; null: as nobody. */
    @Nullable ClientInfo publisher(String client) {
        return connectionId.isEmpty() && client.isEmpty()
                ? null
                : new ClientInfo(connectionId, client);
    }
}
