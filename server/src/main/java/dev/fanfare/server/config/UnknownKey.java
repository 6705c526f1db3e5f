package dev.fanfare.server.config;

import java.util.stream.Stream;

/** Complains about keys that are none, and says which one was probably meant. */
final class UnknownKey {
    private UnknownKey() {}

    /** The value is not shown: it may be a secret under a misspelt key. */
    static void report(String key, Origin origin, Problems problems) {
        var known = Stream.concat(Settings.all().map(Setting::key), FileSettings.LISTS.stream());
        var meant = Suggestion.nearest(key, known.toList());
        var example = meant.flatMap(Settings::named).map(Setting::exampleLine).orElse("");
        var expected = meant.orElse("a key that docs/configuration.md lists");
        problems.add(key, "unknown key", expected, example, origin);
    }
}
