package dev.fanfare.server.config;

import static dev.fanfare.server.config.ValueType.choice;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.channel.Catalogue.Entry;
import dev.fanfare.core.channel.ChannelPattern;
import dev.fanfare.core.channel.ChannelRules;
import dev.fanfare.core.channel.ChannelRules.Content;
import dev.fanfare.core.channel.ChannelRules.Content.Deltas;
import dev.fanfare.core.channel.ChannelRules.Content.Format;
import dev.fanfare.core.channel.ChannelRules.Continuity;
import dev.fanfare.core.channel.ChannelRules.Continuity.Mode;
import dev.fanfare.core.channel.ChannelRules.Continuity.Offer;
import dev.fanfare.core.channel.ChannelRules.Members;
import dev.fanfare.core.channel.ChannelRules.Naming;
import dev.fanfare.core.channel.EventContract;
import dev.fanfare.core.channel.NameRule;
import dev.fanfare.core.channel.PatternException;
import dev.fanfare.core.channel.VariableType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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

    private static final ValueType<Offer> OFFER = choice(Offer.class);
    private static final ValueType<Pattern> EXPRESSION =
            new ValueType<>(
                    "a regular expression", text -> Pattern.compile(text, Pattern.UNIX_LINES));

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
                        access(fields, RuleReader.ofChannel(pattern.variableNames())),
                        history(fields),
                        members(fields),
                        continuity(fields),
                        content(fields),
                        naming(fields));
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
        var remember = history.get("remember", HISTORY_AGE, Retention.REMEMBERED, "720h");
        history.refuseOthers();
        return size == null || age == null ? Retention.NONE : new Retention(size, age, remember);
    }

    private static Members members(Fields fields) {
        return new Members(
                flag(fields, "presence"),
                flag(fields, "join-leave"),
                flag(fields, "push-join-leave"));
    }

    private static Continuity continuity(Fields fields) {
        var mode = fields.get("recovery-mode", choice(Mode.class), Mode.STREAM, "cache");
        boolean automatic = flag(fields, "auto-cache-recovery");
        if (automatic && mode != Mode.CACHE) {
            fields.refuse("auto-cache-recovery", "recovery-mode: cache beside it", "false");
        }
        return new Continuity(
                fields.get("positioning", OFFER, Offer.ALLOWED, "forced"),
                fields.get("recovery", OFFER, Offer.ALLOWED, "forced"),
                mode,
                automatic);
    }

    private Content content(Fields fields) {
        return new Content(
                events(fields),
                fields.get("payload", choice(Format.class), Format.SOMETHING, "json"),
                fields.get("delta", choice(Deltas.class), Deltas.OFF, "always"),
                flag(fields, "tags-filter"));
    }

    private static Naming naming(Fields fields) {
        var expression = fields.find("name-regex", EXPRESSION, "\"^[a-z]+$\"");
        return new Naming(
                flag(fields, "user-limited"),
                expression == null ? NameRule.ANY : new NameRule.Matching(expression));
    }

    private static boolean flag(Fields fields, String key) {
        return fields.get(key, ValueType.flag(), false, "true");
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
