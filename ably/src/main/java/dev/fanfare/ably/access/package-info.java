/** Who may do what: keys, tokens and their capabilities. */
@NullMarked
package dev.fanfare.ably.access;

import org.jspecify.annotations.NullMarked;
