package dev.fanfare.push;

import java.time.OffsetDateTime;

/**
 * A row of the queue that is to be sent.
 *
 * @param attempts with this one
 */
record Entry(long id, int attempts, OffsetDateTime createdAt, Notification notification) {}
