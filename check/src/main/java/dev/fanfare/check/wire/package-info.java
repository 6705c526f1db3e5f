/** What clients need on the wire, written apart from the server: HTTP, WebSocket, Protobuf. */
@NullMarked
package dev.fanfare.check.wire;

import org.jspecify.annotations.NullMarked;
