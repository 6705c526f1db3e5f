/** Events and transactions of Spring. */
@NullMarked
package dev.fanfare.client.spring;

import org.jspecify.annotations.NullMarked;
