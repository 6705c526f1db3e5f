package dev.fanfare.protocols.ably;

import static java.util.Objects.requireNonNull;

import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Payload;
import dev.fanfare.protocols.ably.WirePresence.Action;
import dev.fanfare.protocols.json.JsonTree;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A member as a channel keeps it for everybody: its client is {@code <connectionId>:<clientId>},
 * its user the client id, and what it says of itself is the channel's info, a JSON object with
 * {@code id}, {@code data}, {@code encoding}, {@code timestamp} and {@code extras} as the protocol
 * has them.
 *
 * <p>A member that came by another protocol is shown as well: its client is the connection, its
 * user, or else its client, the client id. It says nothing, and its id is one that the server made
 * up: such members are as new as their time.
 */
public final class MemberInfo {
    private static final String MADE_UP = "member:";

    /** These are the words with which it left. */
    private static final String LEFT = "left";

    private MemberInfo() {}

    /** By what a channel knows the member. */
    public static String client(String connectionId, String clientId) {
        return connectionId + ':' + clientId;
    }

    /** The member, as it is kept. */
    public static ClientInfo client(WirePresence member) {
        var clientId = requireNonNull(member.clientId(), "clientId");
        var out = new JsonDocumentWriter(member.data().bytes().length + 128);
        out.beginObject();
        new WireWriter(out).details(member);
        if (member.action() == Action.LEAVE) {
            out.member(LEFT).bool(true);
        }
        out.endObject();
        return new ClientInfo(
                client(requireNonNull(member.connectionId(), "connectionId"), clientId),
                clientId,
                Payload.NONE,
                Payload.of(out.toBytes(), Payload.Format.JSON));
    }

    /**
     * The member, as it is told.
     *
     * @param now in milliseconds since 1970: when it happens to a member that does not say when
     */
    public static WirePresence presence(Action action, ClientInfo member, long now) {
        var connectionId = connectionId(member);
        var own = connectionId == null ? null : own(action, member, connectionId, now);
        return own == null ? ofOthers(action, member, now) : own;
    }

    /** Null where it says something else. */
    private static @Nullable WirePresence own(
            Action action, ClientInfo member, String connectionId, long now) {
        try {
            var details = Fields.of("member", JsonTree.of(member.channelInfo().bytes()));
            var event = MessageReader.presence(action, member.user(), connectionId, details);
            boolean unsaid = action == Action.LEAVE && details.value(LEFT) == null;
            return unsaid ? gone(event, now) : event;
        } catch (IOException | Unreadable others) {
            return null;
        }
    }

    /** Its node has gone with it: as its id would say it is no newer than what it said last. */
    private static WirePresence gone(WirePresence last, long now) {
        return new WirePresence(
                Action.LEAVE,
                MADE_UP + last.id(),
                last.clientId(),
                last.connectionId(),
                last.data(),
                now,
                last.extras());
    }

    private static WirePresence ofOthers(Action action, ClientInfo member, long now) {
        var clientId = member.isAnonymous() ? member.client() : member.user();
        return new WirePresence(
                action, MADE_UP + member.client(), clientId, member.client(), Data.NONE, now, null);
    }

    /** Null where the client is one of another protocol. */
    private static @Nullable String connectionId(ClientInfo member) {
        var suffix = ':' + member.user();
        var client = member.client();
        return client.endsWith(suffix)
                ? client.substring(0, client.length() - suffix.length())
                : null;
    }
}
