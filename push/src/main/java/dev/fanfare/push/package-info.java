/** Push notifications for those who are away. */
@NullMarked
package dev.fanfare.push;

import org.jspecify.annotations.NullMarked;
