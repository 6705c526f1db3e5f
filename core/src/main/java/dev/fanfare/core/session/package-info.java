/** One client's conversation: its commands, its subscriptions, its end. */
@NullMarked
package dev.fanfare.core.session;

import org.jspecify.annotations.NullMarked;
