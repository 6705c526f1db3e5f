package dev.fanfare.apps.web;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a request gets no answer: which field, what came, what was expected. Nothing has happened
 * then; a transaction that throws it is rolled back.
 */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String field;
    private final String got;
    private final String expected;
    private final @Nullable Duration retryAfter;

    private Refused(
            int status,
            String code,
            String field,
            String got,
            String expected,
            @Nullable Duration retryAfter) {
        super(field + ": " + got + " (expected: " + expected + ")", null, false, false);
        this.status = status;
        this.code = code;
        this.field = field;
        this.got = got;
        this.expected = expected;
        this.retryAfter = retryAfter;
    }

    /** 400: the request itself is wrong. */
    public static Refused badRequest(String field, String got, String expected) {
        return new Refused(400, "bad_request", field, got, expected, null);
    }

    /** 401: the credential is. */
    public static Refused unauthorized(String field, String got, String expected) {
        return new Refused(401, "unauthorized", field, got, expected, null);
    }

    public static Refused forbidden(String field, String got, String expected) {
        return new Refused(403, "forbidden", field, got, expected, null);
    }

    public static Refused notFound(String field, String got, String expected) {
        return new Refused(404, "not_found", field, got, expected, null);
    }

    /**
     * 409: the request is right, but not as things stand.
     *
     * @param code one word for programs: {@code insufficient_balance}
     */
    public static Refused conflict(String code, String field, String got, String expected) {
        return new Refused(409, code, field, got, expected, null);
    }

    /** 409, until a time that is known. */
    public static Refused conflict(
            String code, String field, String got, String expected, Duration retryAfter) {
        return new Refused(409, code, field, got, expected, retryAfter);
    }

    /** 413. */
    public static Refused tooLarge(String field, String got, String expected) {
        return new Refused(413, "payload_too_large", field, got, expected, null);
    }

    /** 429. */
    public static Refused tooMany(String field, String expected, Duration retryAfter) {
        return new Refused(429, "too_many_requests", field, "more", expected, retryAfter);
    }

    /** 503: it may be done another time. */
    public static Refused unavailable(String field, String got, String expected) {
        return new Refused(503, "unavailable", field, got, expected, null);
    }

    public int status() {
        return status;
    }

    /** One word for programs. */
    public String code() {
        return code;
    }

    public String field() {
        return field;
    }

    public String got() {
        return got;
    }

    public String expected() {
        return expected;
    }

    /** When another try is worth it; null: nobody knows. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
