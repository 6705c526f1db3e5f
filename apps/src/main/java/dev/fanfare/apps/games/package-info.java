/** Games of chance for cents, and how users fare in them. */
@NullMarked
package dev.fanfare.apps.games;

import org.jspecify.annotations.NullMarked;
