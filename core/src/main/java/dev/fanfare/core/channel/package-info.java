/**
 * What may be done with channels: the catalogue, and the one service through which everybody uses
 * channels.
 */
@NullMarked
package dev.fanfare.core.channel;

import org.jspecify.annotations.NullMarked;
