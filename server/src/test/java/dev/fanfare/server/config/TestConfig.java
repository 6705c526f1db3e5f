package dev.fanfare.server.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A configuration to be loaded in a test, with a good token secret unless one says otherwise. */
final class TestConfig {
    static final String SECRET = "a-secret-of-more-than-thirty-two-bytes";

    private final Path directory;
    private final Map<String, String> options = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private Path file;

    TestConfig(Path directory) {
        this.directory = directory;
        environment("FANFARE_TOKEN_SECRET", SECRET);
    }

    TestConfig yaml(String text) {
        return file("fanfare.yaml", text);
    }

    TestConfig file(String name, String text) {
        try {
            Files.writeString(directory.resolve(name), text);
            return this;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    TestConfig named(String name) {
        file = Path.of(name);
        return this;
    }

    TestConfig option(String key, String text) {
        options.put(key, text);
        return this;
    }

    TestConfig property(String name, String text) {
        properties.put(name, text);
        return this;
    }

    TestConfig environment(String name, String text) {
        environment.put(name, text);
        return this;
    }

    ServerConfig load() {
        return ConfigLoader.load(
                new ConfigSources(options, properties, environment, directory, file));
    }

    /** What is wrong with it; nothing where it can be loaded. */
    List<String> mistakes() {
        try {
            load();
            return List.of();
        } catch (ConfigException wrong) {
            return wrong.problems().stream().map(Problem::message).toList();
        }
    }
}
