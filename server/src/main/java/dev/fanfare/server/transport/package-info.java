/**
 * How clients come in and how they are reached: the gate, WebSocket, and streams of lines (SSE,
 * NDJSON).
 */
@NullMarked
package dev.fanfare.server.transport;

import org.jspecify.annotations.NullMarked;
