package dev.fanfare.server.websocket;

/** Close codes of the WebSocket protocol itself (RFC 6455, section 7.4). */
final class CloseCode {
    static final int PROTOCOL_ERROR = 1002;

    /** Stands for a close frame without a code; never travels. */
    static final int NONE = 1005;

    /** Stands for a connection that ended without a close frame; never travels. */
    static final int LOST = 1006;

    static final int INVALID_DATA = 1007;
    static final int TOO_BIG = 1009;
    static final int INTERNAL_ERROR = 1011;

    private CloseCode() {}

    /**
     * Whether a close frame may carry it: registered with IANA, or of the ranges for libraries and
     * applications.
     */
    static boolean mayTravel(int code) {
        return (code >= 1000 && code <= 1003)
                || (code >= 1007 && code <= 1014)
                || (code >= 3000 && code <= 4999);
    }
}
