/** What uses the nodes and writes down what it sees: listeners and publishers of every protocol. */
@NullMarked
package dev.fanfare.check.client;

import org.jspecify.annotations.NullMarked;
