package dev.fanfare.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds and reads configuration files. */
final class ConfigFile {
    private static final String USUAL = "fanfare.yaml";
    private static final Yaml.Members NOTHING = new Yaml.Members(Map.of(), Origin.NOWHERE);

    private final ConfigSources sources;
    private final Problems problems;

    ConfigFile(ConfigSources sources, Problems problems) {
        this.sources = sources;
        this.problems = problems;
    }

    /** The main file: the one that is named, else the usual one where there is one. */
    Yaml.Members read() {
        var file = readNamed();
        return file == null ? NOTHING : file;
    }

    private Yaml.@Nullable Members readNamed() {
        if (sources.file() != null) {
            return read(sources.file(), "config", Origin.COMMAND_LINE);
        }
        var property = sources.systemProperties().get(Settings.CONFIG_PROPERTY);
        if (property != null) {
            return read(
                    Path.of(property), "config", Origin.systemProperty(Settings.CONFIG_PROPERTY));
        }
        var variable = sources.environment().getOrDefault(Settings.CONFIG_VARIABLE, "");
        if (!variable.isEmpty()) {
            return read(Path.of(variable), "config", Origin.environment(Settings.CONFIG_VARIABLE));
        }
        return Files.exists(sources.directory().resolve(USUAL))
                ? read(Path.of(USUAL), "config", Origin.NOWHERE)
                : null;
    }

    /**
     * Reads a file that {@code key} names, as {@code origin} says.
     *
     * @return null where it cannot be read, and that is complained about
     */
    Yaml.@Nullable Members read(Path file, String key, Origin origin) {
        var text = text(file, key, origin);
        try {
            return text == null ? null : YamlReader.read(file.toString(), text);
        } catch (ConfigException wrong) {
            problems.addAll(wrong);
            return null;
        }
    }

    private @Nullable String text(Path file, String key, Origin origin) {
        try {
            return Files.readString(sources.directory().resolve(file));
        } catch (IOException unreadable) {
            problems.add(key, file.toString(), "a file that can be read", "", origin);
            return null;
        }
    }
}
