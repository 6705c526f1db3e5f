package dev.fanfare.ably.access;

import dev.fanfare.protocols.ably.ErrorInfo;

/** What a {@link Judge} says. */
public sealed interface Verdict {
    record Accepted(Access access) implements Verdict {}

    record Refused(ErrorInfo error) implements Verdict {}
}
