/** Paid gifts on posts and comments. */
@NullMarked
package dev.fanfare.apps.gifts;

import org.jspecify.annotations.NullMarked;
