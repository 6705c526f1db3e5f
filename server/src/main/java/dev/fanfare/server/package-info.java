/** The server as it runs: command line, configuration, wiring, transports and HTTP APIs. */
@NullMarked
package dev.fanfare.server;

import org.jspecify.annotations.NullMarked;
