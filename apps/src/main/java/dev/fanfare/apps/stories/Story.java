package dev.fanfare.apps.stories;

import java.time.Instant;
import java.util.UUID;

/**
 * What somebody shows to others. It does not change.
 *
 * @param author a token's subject, any text
 */
record Story(UUID id, String author, String text, Instant createdAt) {}
