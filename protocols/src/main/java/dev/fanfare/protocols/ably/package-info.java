/** How it is said compatibly with Ably: protocol messages in JSON and in msgpack. */
@NullMarked
package dev.fanfare.protocols.ably;

import org.jspecify.annotations.NullMarked;
