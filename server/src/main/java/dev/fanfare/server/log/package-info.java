/** How the server's log looks and where it goes: standard error, as text or JSON. */
@NullMarked
package dev.fanfare.server.log;

import org.jspecify.annotations.NullMarked;
