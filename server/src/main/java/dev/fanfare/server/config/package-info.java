/**
 * The configuration: what can be set, where it is read from, and what a mistake in it looks like.
 * {@link dev.fanfare.server.config.ConfigLoader} reads, {@link
 * dev.fanfare.server.config.ServerConfig} is the result, {@link dev.fanfare.server.config.Settings}
 * declares every setting once.
 */
@NullMarked
package dev.fanfare.server.config;

import org.jspecify.annotations.NullMarked;
