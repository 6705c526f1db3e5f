package dev.fanfare.server.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the one document of a YAML file. Refuses what a configuration has no use for and an
 * attacker would: aliases, deep nesting, repeated keys.
 */
final class YamlReader {
    private static final int MAX_DEPTH = 50;
    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setCodePointLimit(4 << 20).build();

    private final String file;
    private final Iterator<Event> events;

    private YamlReader(String file, String text) {
        this.file = file;
        events = new Parse(SETTINGS).parseString(text).iterator();
    }

    /**
     * @param file as messages name it
     * @return nothing but members; none for an empty file
     */
    static Yaml.Members read(String file, String text) throws ConfigException {
        try {
            return new YamlReader(file, text).document();
        } catch (MarkedYamlEngineException broken) {
            throw refusal(broken.getProblem(), origin(file, broken.getProblemMark().orElse(null)));
        } catch (YamlEngineException broken) {
            throw refusal(String.valueOf(broken.getMessage()), Origin.file(file));
        } catch (NumberFormatException | IndexOutOfBoundsException broken) {
            // all that the parser has to say of an escape that ends with the file
            throw refusal("an escape that is none", Origin.file(file));
        }
    }

    private Yaml.Members document() {
        Yaml root = new Yaml.Members(Map.of(), Origin.file(file));
        boolean found = false;
        while (events.hasNext()) {
            var event = events.next();
            switch (event.getEventId()) {
                case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
                case DocumentStart -> {
                    if (found) {
                        throw refusal("a second document", origin(event));
                    }
                    found = true;
                }
                default -> root = value(event, 0);
            }
        }
        return members(root);
    }

    private Yaml.Members members(Yaml root) {
        return switch (root) {
            case Yaml.Members members -> members;
            case Yaml.Scalar(var text, var plain, var origin) when plain && text.isEmpty() ->
                    new Yaml.Members(Map.of(), origin);
            case Yaml.Scalar _, Yaml.Items _ -> throw refusal(root.describe(), root.origin());
        };
    }

    private Yaml value(Event event, int depth) {
        if (depth > MAX_DEPTH) {
            throw refusal("more than " + MAX_DEPTH + " levels", origin(event));
        }
        return switch (event) {
            case ScalarEvent scalar ->
                    new Yaml.Scalar(scalar.getValue(), scalar.isPlain(), origin(event));
            case SequenceStartEvent _ -> items(event, depth);
            case MappingStartEvent _ -> members(event, depth);
            default -> throw refusal("an alias", origin(event));
        };
    }

    private Yaml.Items items(Event start, int depth) {
        var items = new ArrayList<Yaml>();
        for (var event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
            items.add(value(event, depth + 1));
        }
        return new Yaml.Items(List.copyOf(items), origin(start));
    }

    private Yaml.Members members(Event start, int depth) {
        var members = new LinkedHashMap<String, Yaml.Member>();
        for (var event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
            var origin = origin(event);
            if (!(value(event, depth + 1) instanceof Yaml.Scalar(var key, _, _))) {
                throw refusal("a key that is no text", origin);
            }
            var member = new Yaml.Member(origin, value(next(), depth + 1));
            if (members.putIfAbsent(key, member) != null) {
                throw refusal("a second " + key, origin);
            }
        }
        return new Yaml.Members(Collections.unmodifiableMap(members), origin(start));
    }

    /** The next event that means something. */
    private Event next() {
        var event = events.next();
        return event.getEventId() == Event.ID.Comment ? next() : event;
    }

    private Origin origin(Event event) {
        return origin(file, event.getStartMark().orElse(null));
    }

    private static Origin origin(String file, @Nullable Mark mark) {
        return mark == null ? Origin.file(file) : Origin.line(file, mark.getLine() + 1);
    }

    private static ConfigException refusal(String what, Origin origin) {
        return new ConfigException(
                List.of(
                        new Problem(
                                "yaml",
                                what,
                                "keys with values, each key once, and no aliases",
                                "port: 8000",
                                origin.words())));
    }
}
