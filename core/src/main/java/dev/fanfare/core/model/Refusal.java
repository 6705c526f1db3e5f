package dev.fanfare.core.model;

/**
 * Why a request was refused, in the one form all our messages have: which field, what came, what
 * was expected.
 *
 * @param field the member, parameter or setting, as the client wrote it: {@code payload.type}
 * @param got what came, short enough to print; never a secret
 * @param expected what would have been accepted, as words: {@code "a positive integer"}
 */
public record Refusal(ErrorCode code, String field, String got, String expected) {
    /** What nodes share cannot be reached. */
    public static final Refusal UNAVAILABLE =
            new Refusal(ErrorCode.UNAVAILABLE, "broker", "no answer", "another try later");

    private static final int PRINTED = 200;

    public Refusal {
        got = got.length() <= PRINTED ? got : got.substring(0, PRINTED) + "…";
    }

    public String message() {
        return field + ": " + got + " (expected: " + expected + ")";
    }
}
