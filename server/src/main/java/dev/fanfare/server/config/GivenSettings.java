package dev.fanfare.server.config;

import dev.fanfare.server.config.Layers.Given;
import java.util.HashMap;
import java.util.Map;

/**
 * Takes the settings out of everything that is no file: options, system properties, environment.
 */
final class GivenSettings {
    /** Kubernetes sets FANFARE_PORT=tcp://… beside a service that is called fanfare. */
    private static final String KUBERNETES_LINK = "tcp://";

    private final ConfigSources sources;
    private final Problems problems;

    GivenSettings(ConfigSources sources, Problems problems) {
        this.sources = sources;
        this.problems = problems;
    }

    Map<String, Given> options() {
        var given = new HashMap<String, Given>();
        sources.options()
                .forEach((key, text) -> take(key, new Given(text, Origin.COMMAND_LINE), given));
        return given;
    }

    Map<String, Given> systemProperties() {
        var given = new HashMap<String, Given>();
        sources.systemProperties()
                .forEach(
                        (name, text) -> {
                            if (isSetting(name)) {
                                var key = name.substring(Settings.PROPERTY_PREFIX.length());
                                take(key, new Given(text, Origin.systemProperty(name)), given);
                            }
                        });
        return given;
    }

    private static boolean isSetting(String property) {
        return property.startsWith(Settings.PROPERTY_PREFIX)
                && !property.equals(Settings.CONFIG_PROPERTY);
    }

    private void take(String key, Given value, Map<String, Given> given) {
        if (Settings.named(key).isPresent()) {
            given.put(key, value);
        } else {
            UnknownKey.report(key, value.origin(), problems);
        }
    }

    /** Unknown variables are not ours to judge; empty ones count as not set. */
    Map<String, Given> environment() {
        var given = new HashMap<String, Given>();
        Settings.all()
                .forEach(
                        setting -> {
                            for (var name : setting.environmentNames()) {
                                var text = sources.environment().getOrDefault(name, "");
                                if (!text.isEmpty() && !text.startsWith(KUBERNETES_LINK)) {
                                    var origin = Origin.environment(name);
                                    given.putIfAbsent(setting.key(), new Given(text, origin));
                                }
                            }
                        });
        return given;
    }
}
