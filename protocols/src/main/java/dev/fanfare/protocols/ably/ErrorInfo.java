package dev.fanfare.protocols.ably;

/**
 * Why something cannot be, as the protocol says it.
 *
 * @param code the protocol's own number: 40160
 * @param status the HTTP status that goes with it: 401
 */
public record ErrorInfo(int code, int status, String message) {
    private static final int BAD_REQUEST = 400;
    private static final int NO_ERROR = 600;

    /** The status that the code's first three digits name, as for most codes; else 400. */
    public static ErrorInfo of(int code, String message) {
        int status = code / 100;
        boolean named = status >= BAD_REQUEST && status < NO_ERROR;
        return new ErrorInfo(code, named ? status : BAD_REQUEST, message);
    }
}
