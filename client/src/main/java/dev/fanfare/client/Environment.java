package dev.fanfare.client;

import java.util.Map;
import java.util.stream.Stream;

/** The environment of this process, or what a test has instead. */
record Environment(Map<String, String> variables) {
    static Environment ofProcess() {
        return new Environment(System.getenv());
    }

    /** The first of these that is set and not empty. */
    String get(String what, String ours, String other) {
        return Stream.of(ours, other)
                .map(name -> variables.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        what
                                                + ": nothing (expected: "
                                                + ours
                                                + " or "
                                                + other
                                                + " in the environment)"));
    }
}
