/**
 * Who here listens to what: publications from the broker to the subscribers of this node, sharded
 * by event loop.
 */
@NullMarked
package dev.fanfare.core.hub;

import org.jspecify.annotations.NullMarked;
