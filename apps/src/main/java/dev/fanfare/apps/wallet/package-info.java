/** Users' money: integer cents, and never less than none. */
@NullMarked
package dev.fanfare.apps.wallet;

import org.jspecify.annotations.NullMarked;
