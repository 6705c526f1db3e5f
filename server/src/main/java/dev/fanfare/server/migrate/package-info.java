/** How do users of another server move over? */
@NullMarked
package dev.fanfare.server.migrate;

import org.jspecify.annotations.NullMarked;
