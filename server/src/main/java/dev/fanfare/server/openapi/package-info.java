/** How all routes are described. */
@NullMarked
package dev.fanfare.server.openapi;

import org.jspecify.annotations.NullMarked;
