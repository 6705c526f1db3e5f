/** How nodes share publications: the SPI, and the engine that keeps everything in this process. */
@NullMarked
package dev.fanfare.core.broker;

import org.jspecify.annotations.NullMarked;
