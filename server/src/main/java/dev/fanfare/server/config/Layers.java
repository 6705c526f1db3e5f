package dev.fanfare.server.config;

import dev.fanfare.server.access.PublicKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was given for each setting. Where several sources speak, the strongest one holds. */
final class Layers {
    /** A value as its source wrote it. */
    record Given(String text, Origin origin) {}

    private final List<Map<String, Given>> layers = new ArrayList<>();
    private final Problems problems;

    Layers(Problems problems) {
        this.problems = problems;
    }

    /** Adds values by key, weaker than all that were added before. */
    void add(Map<String, Given> weaker) {
        layers.add(weaker);
    }

    /** The value of a setting that always has one. A wrong one is complained about. */
    <T> T get(Setting<T> setting) {
        var value = find(setting);
        return value != null ? value : setting.type().parse(setting.fallback());
    }

    /** The value, where one is given that is right. */
    <T> @Nullable T find(Setting<T> setting) {
        var given = given(setting);
        if (given == null) {
            return null;
        }
        try {
            return setting.type().parse(given.text());
        } catch (IllegalArgumentException wrong) {
            refuse(setting, setting.type().expected());
            return null;
        }
    }

    boolean has(Setting<?> setting) {
        return given(setting) != null;
    }

    /** Where the setting's value was given. */
    Origin origin(Setting<?> setting) {
        var given = given(setting);
        return given == null ? Origin.NOWHERE : given.origin();
    }

    /** Complains about what was given for the setting, or that nothing was. */
    void refuse(Setting<?> setting, String expected) {
        var given = given(setting);
        problems.add(
                setting.key(),
                given == null || given.text().isEmpty() ? "nothing" : shown(setting, given.text()),
                expected,
                setting.exampleLine(),
                origin(setting));
    }

    /** PEM is long, and could be a private key by mistake. */
    private static String shown(Setting<?> setting, String text) {
        return text.startsWith(PublicKeys.PEM) ? "PEM text" : setting.type().shown(text);
    }

    private @Nullable Given given(Setting<?> setting) {
        for (var layer : layers) {
            var given = layer.get(setting.key());
            if (given != null) {
                return given;
            }
        }
        return null;
    }
}
