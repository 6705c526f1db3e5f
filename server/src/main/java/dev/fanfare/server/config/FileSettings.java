package dev.fanfare.server.config;

import dev.fanfare.server.config.Layers.Given;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Takes the settings out of a configuration file: {@code port: 1} and {@code token: {secret: x}}.
 */
final class FileSettings {
    /** Keys of the file that hold lists of their own form. */
    static final List<String> LISTS = List.of("channels", "events", "endpoints", AblySettings.KEYS);

    private final Problems problems;
    private final Map<String, Given> found = new HashMap<>();

    private FileSettings(Problems problems) {
        this.problems = problems;
    }

    /** By key. Keys that nobody knows are complained about. */
    static Map<String, Given> of(Yaml.Members file, Problems problems) {
        var settings = new FileSettings(problems);
        settings.readGroup("", file);
        return settings.found;
    }

    private void readGroup(String prefix, Yaml.Members group) {
        group.members()
                .forEach(
                        (key, member) -> {
                            if (!LISTS.contains(prefix + key)) {
                                read(prefix + key, member);
                            }
                        });
    }

    private void read(String key, Yaml.Member member) {
        var setting = Settings.named(key);
        if (setting.isPresent()) {
            take(setting.get(), member);
        } else if (Settings.all().noneMatch(known -> known.key().startsWith(key + "."))) {
            UnknownKey.report(key, member.origin(), problems);
        } else if (member.value() instanceof Yaml.Members group) {
            readGroup(key + ".", group);
        } else {
            refuseGroup(key, member.value());
        }
    }

    private void take(Setting<?> setting, Yaml.Member member) {
        var value = member.value();
        boolean wrong =
                switch (value) {
                    case Yaml.Scalar _ -> false;
                    case Yaml.Items(var items, _) ->
                            !setting.type().isList()
                                    || !items.stream().allMatch(Yaml.Scalar.class::isInstance);
                    case Yaml.Members _ -> true;
                };
        if (wrong) {
            problems.add(
                    setting.key(),
                    value.describe(),
                    setting.type().expected(),
                    setting.exampleLine(),
                    value.origin());
        } else if (found.putIfAbsent(setting.key(), new Given(text(value), value.origin()))
                != null) {
            problems.add(setting.key(), "a second value", "one value", "", member.origin());
        }
    }

    private static String text(Yaml value) {
        return switch (value) {
            case Yaml.Scalar(var text, _, _) -> text;
            case Yaml.Items(var items, _) ->
                    items.stream().map(Yaml::describe).collect(Collectors.joining(","));
            case Yaml.Members members -> members.describe();
        };
    }

    private void refuseGroup(String key, Yaml value) {
        var example =
                Settings.all()
                        .filter(setting -> setting.key().startsWith(key + "."))
                        .findFirst()
                        .orElseThrow();
        problems.add(
                key,
                example.type().isSecret() ? "(hidden)" : value.describe(),
                "a group of keys",
                example.exampleLine(),
                value.origin());
    }
}
