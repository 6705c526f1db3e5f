/** What is done on channels, whichever way it is asked for. */
@NullMarked
package dev.fanfare.ably.channel;

import org.jspecify.annotations.NullMarked;
