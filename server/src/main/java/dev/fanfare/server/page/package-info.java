/** Pages for people. */
@NullMarked
package dev.fanfare.server.page;

import org.jspecify.annotations.NullMarked;
