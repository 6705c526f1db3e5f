/** Events and transactions of plain JDBC; the outbox. */
@NullMarked
package dev.fanfare.client.jdbc;

import org.jspecify.annotations.NullMarked;
