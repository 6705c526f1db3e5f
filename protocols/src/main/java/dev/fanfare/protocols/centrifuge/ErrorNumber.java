package dev.fanfare.protocols.centrifuge;

import dev.fanfare.core.model.ErrorCode;

/** The protocol's own number and words for an error. */
enum ErrorNumber {
    INTERNAL(100, "internal server error"),
    UNKNOWN_CHANNEL(102, "unknown channel"),
    PERMISSION_DENIED(103, "permission denied"),
    ALREADY_SUBSCRIBED(105, "already subscribed"),
    LIMIT_EXCEEDED(106, "limit exceeded"),
    BAD_REQUEST(107, "bad request"),
    NOT_AVAILABLE(108, "not available"),
    TOKEN_EXPIRED(109, "token expired"),
    TOO_MANY_REQUESTS(111, "too many requests"),
    UNRECOVERABLE(112, "unrecoverable position");

    private final int code;
    private final String message;

    ErrorNumber(int code, String message) {
        this.code = code;
        this.message = message;
    }

    static ErrorNumber of(ErrorCode code) {
        return switch (code) {
            case BAD_REQUEST, UNKNOWN_EVENT, EVENT_NOT_CARRIED, INVALID_PAYLOAD -> BAD_REQUEST;
            case UNKNOWN_CHANNEL -> UNKNOWN_CHANNEL;
            case PAYLOAD_TOO_LARGE, LIMIT_EXCEEDED -> LIMIT_EXCEEDED;
            case PERMISSION_DENIED -> PERMISSION_DENIED;
            case ALREADY_SUBSCRIBED -> ALREADY_SUBSCRIBED;
            case NOT_AVAILABLE -> NOT_AVAILABLE;
            case TOO_MANY_REQUESTS -> TOO_MANY_REQUESTS;
            case TOKEN_EXPIRED -> TOKEN_EXPIRED;
            case UNRECOVERABLE -> UNRECOVERABLE;
            case UNAVAILABLE, INTERNAL -> INTERNAL;
        };
    }

    int code() {
        return code;
    }

    String message() {
        return message;
    }

    boolean isTemporary() {
        return this == INTERNAL || this == TOO_MANY_REQUESTS;
    }
}
