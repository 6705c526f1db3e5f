/** How a text that has changed a little is told in few bytes: the delta format of Fossil. */
@NullMarked
package dev.fanfare.protocols.delta;

import org.jspecify.annotations.NullMarked;
