/** What can be seen from outside: metrics and the logs of connections. */
@NullMarked
package dev.fanfare.server.metrics;

import org.jspecify.annotations.NullMarked;
