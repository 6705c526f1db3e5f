/** Who is in a channel: the SPI, and the store that keeps everything in this process. */
@NullMarked
package dev.fanfare.core.presence;

import org.jspecify.annotations.NullMarked;
