/**
 * The plain JSON protocol, for clients without an SDK, and the strict JSON reading and writing it
 * stands on.
 */
@NullMarked
package dev.fanfare.protocols.json;

import org.jspecify.annotations.NullMarked;
