package dev.fanfare.server.websocket;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.protocol.ProtocolException;

/** The ways a client can break the WebSocket protocol, and the close code of each. */
final class Violation {
    private Violation() {}

    static void when(boolean broken, String rule) throws ProtocolException {
        if (broken) {
            throw of(rule);
        }
    }

    static ProtocolException of(String rule) {
        return of(CloseCode.PROTOCOL_ERROR, rule);
    }

    static ProtocolException invalidText() {
        return of(CloseCode.INVALID_DATA, "text is not UTF-8");
    }

    static ProtocolException invalidCompression() {
        return of(CloseCode.INVALID_DATA, "compressed data is invalid");
    }

    static ProtocolException tooBig(int limit) {
        return of(CloseCode.TOO_BIG, "message too big (expected: at most " + limit + " bytes)");
    }

    private static ProtocolException of(int code, String reason) {
        return new ProtocolException(new Disconnect(code, reason), reason);
    }
}
