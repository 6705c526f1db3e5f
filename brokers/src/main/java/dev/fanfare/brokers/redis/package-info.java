/** How nodes share publications and presence through Redis. */
@NullMarked
package dev.fanfare.brokers.redis;

import org.jspecify.annotations.NullMarked;
