/** How users show themselves, and how many days in a row they come by. */
@NullMarked
package dev.fanfare.apps.profile;

import org.jspecify.annotations.NullMarked;
