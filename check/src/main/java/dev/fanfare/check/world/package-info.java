/** The nodes and the Redis of a run, and what breaks them. */
@NullMarked
package dev.fanfare.check.world;

import org.jspecify.annotations.NullMarked;
