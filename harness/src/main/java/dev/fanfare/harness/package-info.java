/** Real servers, started and ended by tests, and the faults that are made between them. */
@NullMarked
package dev.fanfare.harness;

import org.jspecify.annotations.NullMarked;
