/** Who somebody is, and who may do what. */
@NullMarked
package dev.fanfare.core.access;

import org.jspecify.annotations.NullMarked;
