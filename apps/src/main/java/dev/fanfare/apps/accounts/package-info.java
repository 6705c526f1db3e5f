/** Who may sign in, and the tokens they get. */
@NullMarked
package dev.fanfare.apps.accounts;

import org.jspecify.annotations.NullMarked;
