package dev.fanfare.push;

import java.time.OffsetDateTime;

/** A row of the queue that was sent, and whose receipt is still to come. */
record Unconfirmed(long id, int attempts, OffsetDateTime createdAt, String token, String ticket) {}
