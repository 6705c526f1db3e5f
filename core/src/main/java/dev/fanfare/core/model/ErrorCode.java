package dev.fanfare.core.model;

import java.util.Locale;

/** Why a request was refused. Each wire protocol has its own words or numbers for these. */
public enum ErrorCode {
    BAD_REQUEST("The request cannot be understood"),
    UNKNOWN_CHANNEL("No such channel"),
    UNKNOWN_EVENT("No such event"),
    EVENT_NOT_CARRIED("The channel does not carry this event"),
    INVALID_PAYLOAD("The payload breaks the event's schema"),
    PAYLOAD_TOO_LARGE("The payload is too large"),
    PERMISSION_DENIED("Not allowed"),
    ALREADY_SUBSCRIBED("Already subscribed"),
    NOT_AVAILABLE("Not available on this channel"),
    LIMIT_EXCEEDED("A limit is reached"),
    TOO_MANY_REQUESTS("Too many requests"),
    TOKEN_EXPIRED("The token's time is over"),
    UNRECOVERABLE("The position cannot be recovered"),
    UNAVAILABLE("Not available now"),
    INTERNAL("Internal error");

    private final String title;

    ErrorCode(String title) {
        this.title = title;
    }

    /** A short sentence for people, the same for every occurrence. */
    public String title() {
        return title;
    }

    /** The code as our own JSON says it: {@code unknown_channel}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
