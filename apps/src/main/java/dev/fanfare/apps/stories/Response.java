package dev.fanfare.apps.stories;

import java.util.Map;

/**
 * What a story has met with.
 *
 * @param views how many people other than the author have looked, each counted once
 * @param reactions how many people have reacted how, by emoji; most frequent first
 */
record Response(long views, Map<String, Long> reactions) {}
