package dev.fanfare.client.jdbc;

import dev.fanfare.client.RealtimeException.Code;

/** An entry whose turn is over, and how. */
record Ended(Lane lane, Entry entry, Outcome outcome) {
    sealed interface Outcome {
        /** The server has taken the event. */
        record Delivered() implements Outcome {}

        /** Another attempt would have no other end. */
        record Hopeless(Code why, String reason) implements Outcome {}

        record Failed(Code why, String reason) implements Outcome {}
    }
}
