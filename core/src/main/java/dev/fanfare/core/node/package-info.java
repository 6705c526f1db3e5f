/** How nodes talk to each other, over the same broker and registry of members as everybody else. */
@NullMarked
package dev.fanfare.core.node;

import org.jspecify.annotations.NullMarked;
