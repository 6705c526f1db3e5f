package dev.fanfare.push;

/** What a provider says later of a notification that it has taken. */
public sealed interface Receipt {
    /** The device's network has it. */
    record Delivered() implements Receipt {}

    record Refused(PushError error, String message) implements Receipt {}
}
