/** Where applications keep things. */
@NullMarked
package dev.fanfare.apps.database;

import org.jspecify.annotations.NullMarked;
