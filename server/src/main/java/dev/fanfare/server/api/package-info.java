/** The HTTP API for backends that is compatible with Centrifugo's: its words, and no behaviour. */
@NullMarked
package dev.fanfare.server.api;

import org.jspecify.annotations.NullMarked;
