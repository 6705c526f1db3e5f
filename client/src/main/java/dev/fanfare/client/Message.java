package dev.fanfare.client;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is published: a JSON object. */
@FunctionalInterface
public interface Message {
    /** Values are of the JDK: String, Number, Boolean, Map, Iterable, null. */
    Map<String, ? extends @Nullable Object> members();
}
