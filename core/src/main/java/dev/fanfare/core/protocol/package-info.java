/** What clients and server can say to each other, and the SPI that turns it into bytes. */
@NullMarked
package dev.fanfare.core.protocol;

import org.jspecify.annotations.NullMarked;
