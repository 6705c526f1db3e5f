/** Stories: what people show each other for a while, and who has looked. */
@NullMarked
package dev.fanfare.apps.stories;

import org.jspecify.annotations.NullMarked;
