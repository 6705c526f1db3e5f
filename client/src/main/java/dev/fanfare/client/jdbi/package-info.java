/** Events and transactions of JDBI. */
@NullMarked
package dev.fanfare.client.jdbi;

import org.jspecify.annotations.NullMarked;
