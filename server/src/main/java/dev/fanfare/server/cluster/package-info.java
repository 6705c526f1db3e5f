/** What nodes do for each other, in terms of the server. */
@NullMarked
package dev.fanfare.server.cluster;

import org.jspecify.annotations.NullMarked;
