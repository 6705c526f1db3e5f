package dev.fanfare.ably.rest;

import java.util.List;

/** What we answer. */
@SuppressWarnings("ArrayRecordComponent") // read only
public record RestAnswer(int status, List<Header> headers, byte[] body) {
    public RestAnswer {
        headers = List.copyOf(headers);
    }

    /** One line of the answer's head. A name may be there several times. */
    public record Header(String name, String value) {}
}
