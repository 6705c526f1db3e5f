/** What becomes of events, for Micrometer. */
@NullMarked
package dev.fanfare.client.micrometer;

import org.jspecify.annotations.NullMarked;
