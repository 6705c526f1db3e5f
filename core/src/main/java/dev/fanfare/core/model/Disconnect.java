package dev.fanfare.core.model;

/**
 * Why a connection ends. The code tells clients whether to come back: below 3500, and 4000 to 4499,
 * they do; 3500 to 3999 and 4500 to 4999 they do not. Codes of 3000 and more travel as WebSocket
 * close codes (RFC 6455, section 7.4.2).
 *
 * @param reason at most {@link #LONGEST_REASON} bytes
 */
public record Disconnect(int code, String reason) {
    /** In bytes of UTF-8: the room a close frame has. */
    public static final int LONGEST_REASON = 123;

    /** The client itself left. */
    public static final Disconnect CLOSED = new Disconnect(3000, "connection closed");

    public static final Disconnect SHUTDOWN = new Disconnect(3001, "shutdown");
    public static final Disconnect INTERNAL_ERROR = new Disconnect(3004, "internal server error");
    public static final Disconnect EXPIRED = new Disconnect(3005, "connection expired");

    /** More bytes wait for the client than its buffer may hold. */
    public static final Disconnect SLOW = new Disconnect(3008, "slow");

    /** The server cannot continue this connection's streams without a gap. */
    public static final Disconnect INSUFFICIENT_STATE = new Disconnect(3010, "insufficient state");

    public static final Disconnect NO_PONG = new Disconnect(3012, "no pong");
    public static final Disconnect TOO_MANY_REQUESTS = new Disconnect(3013, "too many requests");
    public static final Disconnect INVALID_TOKEN = new Disconnect(3500, "invalid token");
    public static final Disconnect BAD_REQUEST = new Disconnect(3501, "bad request");

    /** A subscription that the connection cannot do without has expired. */
    public static final Disconnect SUBSCRIPTION_EXPIRED =
            new Disconnect(3006, "subscription expired");

    /** It did not say in time who it is. */
    public static final Disconnect STALE = new Disconnect(3502, "stale");

    /** A backend wants it gone. */
    public static final Disconnect FORCED = new Disconnect(3503, "force disconnect");

    public static final Disconnect CONNECTION_LIMIT = new Disconnect(3504, "connection limit");

    public static final Disconnect CHANNEL_LIMIT = new Disconnect(3505, "channel limit");

    /** What it would have to be sent cannot be said in its protocol. */
    public static final Disconnect INAPPROPRIATE_PROTOCOL =
            new Disconnect(3506, "inappropriate protocol");

    public static final Disconnect PERMISSION_DENIED = new Disconnect(3507, "permission denied");
    public static final Disconnect NOT_AVAILABLE = new Disconnect(3508, "not available");

    /** The endpoint keeps one connection per user, and a newer one has come. */
    public static final Disconnect REPLACED =
            new Disconnect(4501, "replaced by a newer connection of this user");

    public boolean reconnect() {
        return code < 3500 || (code >= 4000 && code < 4500) || code >= 5000;
    }
}
