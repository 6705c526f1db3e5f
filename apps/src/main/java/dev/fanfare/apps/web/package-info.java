/** How applications are asked over HTTP: routes as data, which the server hosts. */
@NullMarked
package dev.fanfare.apps.web;

import org.jspecify.annotations.NullMarked;
