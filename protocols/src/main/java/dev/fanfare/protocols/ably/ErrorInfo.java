package dev.fanfare.protocols.ably;

/**
 * Why something cannot be, as the protocol says it.
 *
 * @param code the protocol's own number: 40160
 * @param status the HTTP status that goes with it: 401
 */
public record ErrorInfo(int code, int status, String message) {
    /** The status that the code's first three digits name, as for most codes. */
    public static ErrorInfo of(int code, String message) {
        return new ErrorInfo(code, code / 100, message);
    }
}
