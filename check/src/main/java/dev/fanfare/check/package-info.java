/** The history checker: breaks nodes and Redis while clients use them, and judges what they saw. */
@NullMarked
package dev.fanfare.check;

import org.jspecify.annotations.NullMarked;
