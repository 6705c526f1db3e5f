package dev.fanfare.server.api;

import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.protocols.json.JsonWriter;

/**
 * Why a call was refused, in Centrifugo's numbers and words. Where we know more than the words say,
 * it follows them after a colon.
 */
record ApiError(int code, String message) {
    static final ApiError INTERNAL = new ApiError(100, "internal server error");
    static final ApiError METHOD_NOT_FOUND = new ApiError(104, "method not found");
    static final ApiError BAD_REQUEST = new ApiError(107, "bad request");
    static final ApiError NOT_AVAILABLE = new ApiError(108, "not available");
    static final ApiError UNRECOVERABLE = new ApiError(112, "unrecoverable position");

    private static final ApiError UNKNOWN_CHANNEL = new ApiError(102, "unknown channel");
    private static final ApiError PERMISSION_DENIED = new ApiError(103, "permission denied");
    private static final ApiError ALREADY_SUBSCRIBED = new ApiError(105, "already subscribed");
    private static final ApiError LIMIT_EXCEEDED = new ApiError(106, "limit exceeded");
    private static final ApiError TOKEN_EXPIRED = new ApiError(109, "token expired");
    private static final ApiError TOO_MANY_REQUESTS = new ApiError(111, "too many requests");

    static ApiError of(Refusal refusal) {
        return switch (refusal.code()) {
            case BAD_REQUEST,
                    UNKNOWN_EVENT,
                    EVENT_NOT_CARRIED,
                    INVALID_PAYLOAD,
                    PAYLOAD_TOO_LARGE ->
                    badRequest(refusal);
            case UNKNOWN_CHANNEL -> UNKNOWN_CHANNEL;
            case PERMISSION_DENIED -> PERMISSION_DENIED;
            case ALREADY_SUBSCRIBED -> ALREADY_SUBSCRIBED;
            case NOT_AVAILABLE -> NOT_AVAILABLE;
            case LIMIT_EXCEEDED -> LIMIT_EXCEEDED;
            case TOO_MANY_REQUESTS -> TOO_MANY_REQUESTS;
            case TOKEN_EXPIRED -> TOKEN_EXPIRED;
            case UNRECOVERABLE -> UNRECOVERABLE;
            case UNAVAILABLE, INTERNAL -> INTERNAL;
        };
    }

    /** Payloads are called data here. */
    private static ApiError badRequest(Refusal refusal) {
        var why = refusal.message();
        var said = why.startsWith("payload") ? "data" + why.substring("payload".length()) : why;
        return new ApiError(BAD_REQUEST.code, BAD_REQUEST.message + ": " + said);
    }

    static ApiError badRequest(String field, String got, String expected) {
        return badRequest(new Refusal(ErrorCode.BAD_REQUEST, field, got, expected));
    }

    /** The HTTP status that says it, for callers that want one. */
    int status() {
        return switch (code) {
            case 102, 104 -> 404;
            case 103 -> 403;
            case 105, 106, 107, 108, 109 -> 400;
            case 111 -> 429;
            case 112 -> 416;
            default -> 500;
        };
    }

    void write(JsonWriter writer) {
        writer.member("error")
                .beginObject()
                .member("code", code)
                .member("message", message)
                .endObject();
    }
}
