package dev.fanfare.server.config;

import java.util.ArrayList;
import java.util.List;

/** The mistakes found so far. Reading goes on after each, so that all are told at once. */
final class Problems {
    private final List<Problem> found = new ArrayList<>();

    void add(String key, String value, String expected, String example, Origin origin) {
        found.add(new Problem(key, value, expected, example, origin.words()));
    }

    void addAll(ConfigException exception) {
        found.addAll(exception.problems());
    }

    int count() {
        return found.size();
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigException(found);
        }
    }
}
