/** How applications tell what has happened. */
@NullMarked
package dev.fanfare.apps.event;

import org.jspecify.annotations.NullMarked;
