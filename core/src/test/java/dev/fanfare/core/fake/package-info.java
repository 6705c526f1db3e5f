/** Stand-ins for what a test must hold in its hand: time, threads, brokers, sockets. */
@NullMarked
package dev.fanfare.core.fake;

import org.jspecify.annotations.NullMarked;
