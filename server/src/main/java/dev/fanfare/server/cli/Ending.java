package dev.fanfare.server.cli;

/** How one connection of {@link Tail} came to its end. */
sealed interface Ending {
    /** Coming back may help. */
    record Lost(String why) implements Ending {}

    /** The server will not have us: coming back would not help. */
    record Refused(String why) implements Ending {}

    /** Nobody reads what we print any more. */
    record Unheard() implements Ending {}
}
