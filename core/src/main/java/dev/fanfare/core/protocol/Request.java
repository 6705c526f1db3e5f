package dev.fanfare.core.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A command and the tag its answer must repeat.
 *
 * @param tag opaque to everything but the codec that made it; null where the client gave none
 */
public record Request(@Nullable String tag, Command command) {}
