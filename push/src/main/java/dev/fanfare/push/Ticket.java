package dev.fanfare.push;

/** What a provider says of one notification at once. */
public sealed interface Ticket {
    /**
     * It will be brought to the device.
     *
     * @param id for its receipt
     */
    record Taken(String id) implements Ticket {}

    record Refused(PushError error, String message) implements Ticket {}

    /** Nobody knows whether it was taken. */
    record Unknown(PushOutage why) implements Ticket {}
}
