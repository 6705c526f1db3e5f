/**
 * Sessions of partners: who shares one, what they are told, and how those are told who are away.
 */
@NullMarked
package dev.fanfare.apps.sessions;

import org.jspecify.annotations.NullMarked;
