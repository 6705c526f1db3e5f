package dev.fanfare.server.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Reads a part of a YAML file as the JSON it stands for. */
final class YamlJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private YamlJson() {}

    static JsonNode of(Yaml yaml) {
        return switch (yaml) {
            case Yaml.Scalar scalar -> scalar(scalar);
            case Yaml.Items(var items, _) -> {
                var array = NODES.arrayNode();
                items.forEach(item -> array.add(of(item)));
                yield array;
            }
            case Yaml.Members(var members, _) -> {
                var object = NODES.objectNode();
                members.forEach((key, member) -> object.set(key, of(member.value())));
                yield object;
            }
        };
    }

    /** Words without quotes are numbers, booleans or null where JSON would take them as such. */
    private static JsonNode scalar(Yaml.Scalar scalar) {
        if (!scalar.plain()) {
            return NODES.textNode(scalar.text());
        }
        if (scalar.text().isEmpty()) {
            return NODES.nullNode();
        }
        try {
            var node = MAPPER.readTree(scalar.text());
            return node.isContainerNode() ? NODES.textNode(scalar.text()) : node;
        } catch (JsonProcessingException text) {
            return NODES.textNode(scalar.text());
        }
    }
}
