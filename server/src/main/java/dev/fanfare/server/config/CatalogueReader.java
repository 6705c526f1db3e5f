package dev.fanfare.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.core.channel.Catalogue;
import dev.fanfare.core.channel.Catalogue.Entry;
import dev.fanfare.core.channel.ChannelPattern;
import dev.fanfare.core.channel.EventContract;
import dev.fanfare.core.channel.NameLimits;
import dev.fanfare.core.channel.PayloadSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads {@code channels} and {@code events}. What is wrong is complained about and left out. */
final class CatalogueReader {
    private static final String EXAMPLE =
            "[{ pattern: \"post:{post_id}\", variables: { post_id: positive-integer } }]";

    private final Problems problems;

    private final Function<Supplier<JsonNode>, PayloadSchema> schemas;

    private CatalogueReader(
            Problems problems, Function<Supplier<JsonNode>, PayloadSchema> schemas) {
        this.problems = problems;
        this.schemas = schemas;
    }

    /** Reads what a person wrote. */
    static CatalogueReader checking(Problems problems) {
        return new CatalogueReader(problems, JsonPayloadSchema::checked);
    }

    /** Reads what our tests have checked. */
    static CatalogueReader trusting(Problems problems) {
        return new CatalogueReader(problems, JsonPayloadSchema::trusted);
    }

    /**
     * @param file with {@code channels} and {@code events}, and nothing else
     */
    Catalogue read(Yaml.Members file, NameLimits names) {
        var fields = new Fields("", file, problems);
        var reader = new ChannelReader(events(fields), problems);
        var patterns = new HashMap<String, ChannelPattern>();
        var entries = new ArrayList<Entry>();
        for (var channel : channels(fields)) {
            var entry = reader.read(channel);
            if (entry != null && isNew(entry.pattern(), channel.origin(), patterns)) {
                entries.add(entry);
            }
        }
        fields.refuseOthers();
        return new Catalogue(entries, names);
    }

    private static List<Yaml.Members> channels(Fields fields) {
        var channels = new ArrayList<Yaml.Members>();
        if (fields.find("channels") instanceof Yaml.Items(var items, _)) {
            items.forEach(item -> add(item, channels, fields));
        } else {
            fields.refuse("channels", "a list of channels", EXAMPLE);
        }
        return channels;
    }

    private static void add(Yaml item, List<Yaml.Members> channels, Fields fields) {
        if (item instanceof Yaml.Members channel) {
            channels.add(channel);
        } else {
            fields.refuse("channels", item, "a channel's keys", EXAMPLE);
        }
    }

    private boolean isNew(
            ChannelPattern pattern, Origin origin, Map<String, ChannelPattern> patterns) {
        var earlier = patterns.putIfAbsent(pattern.shape(), pattern);
        if (earlier != null) {
            var expected = "other names than those of " + earlier;
            problems.add("pattern", pattern.toString(), expected, "", origin);
        }
        return earlier == null;
    }

    private Map<String, EventContract> events(Fields fields) {
        var events = new LinkedHashMap<String, EventContract>();
        var group = fields.group("events", "{ gift.received: {} }");
        if (group != null) {
            group.keys().forEach(name -> events.put(name, event(name, group)));
        }
        return events;
    }

    private EventContract event(String name, Fields events) {
        if (events.find(name) instanceof Yaml.Scalar(var text, _, _) && text.isEmpty()) {
            return new EventContract(name, PayloadSchema.ANYTHING);
        }
        var fields = events.group(name, "{}");
        if (fields == null) {
            return new EventContract(name, PayloadSchema.ANYTHING);
        }
        var schema = fields.find("schema");
        fields.refuseOthers();
        return new EventContract(
                name, schema == null ? PayloadSchema.ANYTHING : schema(fields, schema));
    }

    private PayloadSchema schema(Fields fields, Yaml schema) {
        try {
            return schemas.apply(() -> YamlJson.of(schema));
        } catch (IllegalArgumentException wrong) {
            var expected = "JSON Schema 2020-12: " + wrong.getMessage();
            fields.refuse("schema", expected, "{ type: object, required: [id] }");
            return PayloadSchema.ANYTHING;
        }
    }
}
