package dev.fanfare.server.config;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.channel.Catalogue.Entry;
import dev.fanfare.core.channel.ChannelPattern;
import dev.fanfare.core.channel.ChannelRules;
import dev.fanfare.core.channel.EventContract;
import dev.fanfare.core.channel.PatternException;
import dev.fanfare.core.channel.VariableType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one item of {@code channels}: a pattern and its rules. */
final class ChannelReader {
    private static final ValueType<VariableType> VARIABLE_TYPE =
            new ValueType<>(
                    ValueType.words(VariableType.namedTypes().map(VariableType::word).toList()),
                    text -> VariableType.named(text).orElseThrow(IllegalArgumentException::new));
    private static final ValueType<Integer> HISTORY_SIZE = ValueType.integer(0, 100_000);
    private static final ValueType<Duration> HISTORY_AGE =
            ValueType.duration(Duration.ofSeconds(1), Duration.ofDays(365));

    private final Map<String, EventContract> events;
    private final Problems problems;

    ChannelReader(Map<String, EventContract> events, Problems problems) {
        this.events = events;
        this.problems = problems;
    }

    /** Null where there is no pattern to hang the rules on. */
    @Nullable Entry read(Yaml.Members channel) {
        var fields = new Fields("", channel, problems);
        var pattern = pattern(fields);
        if (pattern == null) {
            return null;
        }
        var rules =
                new ChannelRules(
                        access(fields, new RuleReader(pattern.variableNames())),
                        history(fields),
                        fields.get("presence", ValueType.flag(), false, "true"),
                        fields.get("join-leave", ValueType.flag(), false, "true"),
                        events(fields));
        fields.refuseOthers();
        return new Entry(pattern, rules);
    }

    private @Nullable ChannelPattern pattern(Fields fields) {
        var types = types(fields);
        var example = "\"post:{post_id}\"";
        var text = fields.require("pattern", ValueType.text("a channel pattern"), example);
        if (text == null) {
            return null;
        }
        try {
            return types == null ? null : ChannelPattern.parse(text, types);
        } catch (PatternException wrong) {
            fields.refuse("pattern", wrong.expected(), example);
            return null;
        }
    }

    /** Null where one of them is wrong. */
    private @Nullable Map<String, VariableType> types(Fields fields) {
        var types = new LinkedHashMap<String, VariableType>();
        var group = fields.group("variables", "{ post_id: positive-integer }");
        if (group == null) {
            return types;
        }
        for (var name : group.keys()) {
            var type = group.find(name, VARIABLE_TYPE, "positive-integer");
            if (type == null) {
                return null;
            }
            types.put(name, type);
        }
        return types;
    }

    private static ChannelRules.Access access(Fields fields, RuleReader rules) {
        var subscribe = rules.read(fields, "subscribe", AccessRule.NOBODY);
        return new ChannelRules.Access(
                subscribe,
                rules.read(fields, "publish", AccessRule.NOBODY),
                rules.read(fields, "see-presence", subscribe),
                rules.read(fields, "see-history", subscribe));
    }

    private static Retention history(Fields fields) {
        var history = fields.group("history", "{ size: 200, age: 10m }");
        if (history == null) {
            return Retention.NONE;
        }
        var size = history.require("size", HISTORY_SIZE, "200");
        var age = history.require("age", HISTORY_AGE, "10m");
        history.refuseOthers();
        return size == null || age == null ? Retention.NONE : new Retention(size, age);
    }

    /** All events where none are named. */
    private Map<String, EventContract> events(Fields fields) {
        var carried = new LinkedHashMap<String, EventContract>();
        for (var name : names(fields)) {
            var event = events.get(name.text());
            if (event == null) {
                var expected =
                        Suggestion.nearest(name.text(), events.keySet())
                                .orElse("an event that is declared under events");
                fields.refuse("events", name, expected, "");
            } else {
                carried.put(name.text(), event);
            }
        }
        return carried;
    }

    private static List<Yaml.Scalar> names(Fields fields) {
        var names = fields.texts("events", "names of events", "[gift.received]");
        if (fields.find("events") instanceof Yaml.Items(var items, _) && items.isEmpty()) {
            fields.refuse("events", "at least one event, or no such key", "[gift.received]");
        }
        return names;
    }
}
