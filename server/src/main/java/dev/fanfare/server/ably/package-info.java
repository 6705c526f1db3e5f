/** Hosts what is compatible with Ably: WebSocket, comet and REST. */
@NullMarked
package dev.fanfare.server.ably;

import org.jspecify.annotations.NullMarked;
