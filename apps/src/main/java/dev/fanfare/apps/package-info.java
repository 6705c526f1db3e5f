/** The applications, put together. */
@NullMarked
package dev.fanfare.apps;

import org.jspecify.annotations.NullMarked;
