/** REST as values: what is asked, what is answered, and nothing of how HTTP carries it. */
@NullMarked
package dev.fanfare.ably.rest;

import org.jspecify.annotations.NullMarked;
