/** Wire protocols, one package each: bytes to commands, replies and pushes to bytes. */
@NullMarked
package dev.fanfare.protocols;

import org.jspecify.annotations.NullMarked;
