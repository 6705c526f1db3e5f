/** What happened in a run: everything that was sent, answered and heard, and what was broken. */
@NullMarked
package dev.fanfare.check.history;

import org.jspecify.annotations.NullMarked;
