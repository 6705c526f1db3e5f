/** For backends: publish to clients, and make the tokens with which they connect. */
@NullMarked
package dev.fanfare.client;

import org.jspecify.annotations.NullMarked;
