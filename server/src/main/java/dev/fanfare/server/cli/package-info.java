/** The command line: one class per command, and the texts that people read. */
@NullMarked
package dev.fanfare.server.cli;

import org.jspecify.annotations.NullMarked;
