/** Connections that can be continued, and what their clients do on channels. */
@NullMarked
package dev.fanfare.ably.realtime;

import org.jspecify.annotations.NullMarked;
