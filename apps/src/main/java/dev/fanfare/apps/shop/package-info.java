/** Things for cents, and what users have of them. */
@NullMarked
package dev.fanfare.apps.shop;

import org.jspecify.annotations.NullMarked;
