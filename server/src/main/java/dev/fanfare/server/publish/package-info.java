/**
 * What backends post to have something published, and what they are answered. No HTTP here, bytes
 * alone.
 */
@NullMarked
package dev.fanfare.server.publish;

import org.jspecify.annotations.NullMarked;
