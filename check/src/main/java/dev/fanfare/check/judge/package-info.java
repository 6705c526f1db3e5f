/** Whether what happened in a run is what was promised. */
@NullMarked
package dev.fanfare.check.judge;

import org.jspecify.annotations.NullMarked;
