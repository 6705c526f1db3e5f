package dev.fanfare.core.access;

import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Payload;
import java.util.List;
import java.util.Map;

/**
 * Who a token says somebody is. No account is looked up: the token is the truth until it expires.
 *
 * @param user any string; empty for nobody in particular
 * @param claims everything else the token says, as JDK values (String, Number, Boolean, List, Map)
 * @param expiresAt in milliseconds since 1970, {@link #NEVER} without end. Exact: there is no
 *     leeway
 * @param info about the user, for others to see; {@link Payload#NONE}: nothing
 * @param grants channels that the token gives its holder
 */
public record Identity(
        String user, Map<String, Object> claims, long expiresAt, Payload info, List<Grant> grants) {
    /** The claim that names the one channel a token is for. */
    public static final String CHANNEL = "channel";

    /** The claim that names the one client a token for a channel is for. */
    public static final String CLIENT = "client";

    public static final long NEVER = Long.MAX_VALUE;
    public static final Identity ANONYMOUS = new Identity("", Map.of(), NEVER);

    public Identity {
        claims = Map.copyOf(claims);
        grants = List.copyOf(grants);
    }

    /** Of whom nothing is told, and who is given nothing. */
    public Identity(String user, Map<String, Object> claims, long expiresAt) {
        this(user, claims, expiresAt, Payload.NONE, List.of());
    }

    /** Whether the token only lets its user have one channel, and is none to connect with. */
    public boolean isOfOneChannel() {
        return claims.containsKey(CHANNEL);
    }

    public boolean isSignedIn() {
        return !user.isEmpty();
    }

    /** Somebody's connection. */
    public ClientInfo client(String id) {
        return new ClientInfo(id, user, info, Payload.NONE);
    }

    /** The same without an end. */
    public Identity lasting() {
        return new Identity(user, claims, NEVER, info, grants);
    }
}
