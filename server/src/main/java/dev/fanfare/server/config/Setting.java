package dev.fanfare.server.config;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The one declaration of something that can be set: reading, messages and documentation come from
 * it.
 *
 * @param fallback what holds where nothing is given, as it would be written; empty for nothing
 * @param meaning a sentence for the documentation
 * @param aliases further environment variables that are understood
 */
record Setting<T>(
        String key,
        ValueType<T> type,
        String fallback,
        String example,
        String meaning,
        List<String> aliases) {

    static <T> Setting<T> of(
            String key, ValueType<T> type, String fallback, String example, String meaning) {
        return new Setting<>(key, type, fallback, example, meaning, List.of());
    }

    Setting<T> alsoFrom(String... environmentNames) {
        return new Setting<>(key, type, fallback, example, meaning, List.of(environmentNames));
    }

    /** Our own name first. */
    List<String> environmentNames() {
        var name = "FANFARE_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        return Stream.concat(Stream.of(name), aliases.stream()).toList();
    }

    String systemProperty() {
        return Settings.PROPERTY_PREFIX + key;
    }

    /** Something to paste into the file, or for a secret into a shell. */
    String exampleLine() {
        return type.isSecret()
                ? "export " + environmentNames().getFirst() + "=$(openssl rand -hex 32)"
                : key + ": " + example;
    }
}
