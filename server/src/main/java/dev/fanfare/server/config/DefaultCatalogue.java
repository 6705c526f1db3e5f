package dev.fanfare.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The channels and events that hold where the configuration has none. */
public final class DefaultCatalogue {
    private static final String NAME = "default-catalogue.yaml";

    private DefaultCatalogue() {}

    /** The file, with its comments: a start for one's own. */
    public static String text() {
        try (var file = DefaultCatalogue.class.getResourceAsStream(NAME)) {
            return new String(Objects.requireNonNull(file).readAllBytes(), UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static Yaml.Members yaml() {
        return YamlReader.read(NAME, text());
    }
}
