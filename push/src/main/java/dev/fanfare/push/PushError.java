package dev.fanfare.push;

import java.util.Locale;

/** Why a notification did not arrive, or not yet. */
public enum PushError {
    /** The program is gone from the device, or wants no notifications any more. */
    DEVICE_NOT_REGISTERED,
    MESSAGE_TOO_BIG,
    /** Too many for this one device. */
    RATE_EXCEEDED,
    /** The provider's own credentials for the device's network are wrong. */
    INVALID_CREDENTIALS,
    MISMATCHED_SENDER,
    /** The provider refuses it, for another reason. */
    REFUSED,
    /** Nobody is there. */
    UNREACHABLE,
    /** No answer in time; it may have been sent. */
    TIMEOUT,
    /** Too many requests. */
    THROTTLED,
    UNAVAILABLE,
    /** The provider does not know us. */
    UNAUTHORIZED,
    /** The provider answers what nobody understands. */
    INVALID_ANSWER,
    /** It was not sent in the time in which it is worth sending. */
    EXPIRED,
    /** Nobody knows what has become of it. */
    NO_RECEIPT;

    /** As metrics call it: {@code device_not_registered}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
