/** Benchmarks of the pieces, and the load generator. */
@NullMarked
package dev.fanfare.bench;

import org.jspecify.annotations.NullMarked;
