/** Applications: what the keys of one open. */
@NullMarked
package dev.fanfare.ably.app;

import org.jspecify.annotations.NullMarked;
