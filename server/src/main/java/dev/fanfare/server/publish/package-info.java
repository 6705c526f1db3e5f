/** How backends publish: what they post, what becomes of it, and what they are answered. */
@NullMarked
package dev.fanfare.server.publish;

import org.jspecify.annotations.NullMarked;
