/** The words of the sync hub and of the games' streams. */
@NullMarked
package dev.fanfare.apps.hub;

import org.jspecify.annotations.NullMarked;
