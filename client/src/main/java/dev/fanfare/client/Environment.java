package dev.fanfare.client;

import java.util.Map;
import java.util.stream.Stream;

/** The environment of this process, or what a test has instead. */
record Environment(Map<String, String> variables) {
    static Environment ofProcess() {
        return new Environment(System.getenv());
    }

    /** The first of these that is set and not empty. */
    String get(String what, String... names) {
        return Stream.of(names)
                .map(this::find)
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(missing(what, names)));
    }

    /** Empty where it is not set. */
    String find(String name) {
        return variables.getOrDefault(name, "");
    }

    private static String missing(String what, String... names) {
        return what + ": nothing (expected: " + String.join(" or ", names) + " in the environment)";
    }
}
