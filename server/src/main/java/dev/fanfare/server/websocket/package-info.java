/**
 * The WebSocket wire (RFC 6455, RFC 7692) from the moment the HTTP upgrade is answered: frames to
 * messages, messages to frames, and the closing of a connection. Knows nothing of channels,
 * sessions or JSON.
 */
@NullMarked
package dev.fanfare.server.websocket;

import org.jspecify.annotations.NullMarked;
