/** HTTP as everybody outside sees it: routes, answers, problems. */
@NullMarked
package dev.fanfare.server.http;

import org.jspecify.annotations.NullMarked;
