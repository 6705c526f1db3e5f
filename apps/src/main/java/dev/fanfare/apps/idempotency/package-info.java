/** Requests that are sent again, and done once. */
@NullMarked
package dev.fanfare.apps.idempotency;

import org.jspecify.annotations.NullMarked;
