package dev.fanfare.server.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.protocol.ProtocolException;

/** What a close frame carries: a code and a reason, or nothing (RFC 6455, section 5.5.1). */
final class ClosePayload {
    private static final int CODE_OCTETS = 2;
    private static final int MAX_REASON = 123;

    private ClosePayload() {}

    static Disconnect read(byte[] payload) throws ProtocolException {
        if (payload.length == 0) {
            return new Disconnect(CloseCode.NONE, "");
        }
        Violation.when(payload.length < CODE_OCTETS, "close frame with half a code");
        int code = (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
        Violation.when(!CloseCode.mayTravel(code), "close frame with code " + code);
        if (!Utf8Validator.isValid(payload, CODE_OCTETS, payload.length)) {
            throw Violation.invalidText();
        }
        return new Disconnect(
                code, new String(payload, CODE_OCTETS, payload.length - CODE_OCTETS, UTF_8));
    }

    /** A reason that is too long is cut between two characters. */
    static byte[] of(Disconnect why) {
        if (why.code() == CloseCode.NONE) {
            return new byte[0];
        }
        byte[] reason = why.reason().getBytes(UTF_8);
        int end = Math.min(reason.length, MAX_REASON);
        while (end < reason.length && (reason[end] & 0xC0) == 0x80) {
            end--;
        }
        byte[] payload = new byte[CODE_OCTETS + end];
        payload[0] = (byte) (why.code() >> 8);
        payload[1] = (byte) why.code();
        System.arraycopy(reason, 0, payload, CODE_OCTETS, end);
        return payload;
    }
}
