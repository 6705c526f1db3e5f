/**
 * What all layers talk about: channels, publications, positions, refusals. Values only, no
 * behaviour of the server.
 */
@NullMarked
package dev.fanfare.core.model;

import org.jspecify.annotations.NullMarked;
