package dev.fanfare.ably.rest;

import dev.fanfare.ably.access.Denied;
import dev.fanfare.protocols.ably.ErrorInfo;

/** Why requests are refused, with the protocol's numbers. */
final class Errors {
    private Errors() {}

    static Denied notFound(String what) {
        return denied(40400, what + ": not found");
    }

    static Denied bad(String field, String got, String expected) {
        return bad(40000, field, got, expected);
    }

    static Denied parameter(String name, String got, String expected) {
        return bad(40003, name, got, expected);
    }

    static Denied bad(int code, String field, String got, String expected) {
        return denied(code, field + ": " + got + " (expected: " + expected + ")");
    }

    static Denied denied(int code, String message) {
        return new Denied(ErrorInfo.of(code, message));
    }

    static Denied denied(int code, int status, String message) {
        return new Denied(new ErrorInfo(code, status, message));
    }
}
