/** How applications are reached, and how they reach the server. */
@NullMarked
package dev.fanfare.server.application;

import org.jspecify.annotations.NullMarked;
