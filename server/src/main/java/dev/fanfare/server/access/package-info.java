/** Tokens and secrets: how the server knows who is asking. */
@NullMarked
package dev.fanfare.server.access;

import org.jspecify.annotations.NullMarked;
