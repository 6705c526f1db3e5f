package dev.fanfare.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import dev.fanfare.core.model.Refusal;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What is wrong with a payload, in our words: which member, what it is, what it should be.
 *
 * @param schema that the payload broke
 */
record SchemaError(Error error, JsonNode schema) {
    Refusal refusal() {
        var keyword = String.valueOf(error.getKeyword());
        var field = "payload" + path(error.getInstanceLocation());
        var member = String.valueOf(error.getProperty());
        var value = error.getInstanceNode();
        return switch (keyword) {
            case "required" ->
                    JsonPayloadSchema.refusal(
                            field + "." + member, "nothing", describe(property(member)));
            case "additionalProperties", "unevaluatedProperties" ->
                    JsonPayloadSchema.refusal(
                            field + "." + member, value.path(member).toString(), "no such member");
            default -> JsonPayloadSchema.refusal(field, value.toString(), expected(keyword));
        };
    }

    private static String path(NodePath location) {
        var path = new StringBuilder();
        for (int i = 0; i < location.getNameCount(); i++) {
            var element = location.getElement(i);
            path.append(element instanceof Integer ? "[" + element + "]" : "." + element);
        }
        return path.toString();
    }

    /** What the schema says of a member beside the list that requires it. */
    private JsonNode property(String name) {
        var required = error.getSchemaLocation().getFragment();
        var group = schema;
        for (int i = 0; i < required.getNameCount() - 1; i++) {
            group =
                    required.getElement(i) instanceof Integer index
                            ? group.path(index)
                            : group.path(required.getName(i));
        }
        return group.path("properties").path(name);
    }

    private String expected(String keyword) {
        var rule = error.getSchemaNode();
        return switch (keyword) {
            case "type" -> types(rule);
            case "const" -> rule.toString();
            case "enum" -> oneOf(rule);
            default -> error.getMessage();
        };
    }

    private static String describe(JsonNode rules) {
        if (rules.has("const")) {
            return rules.get("const").toString();
        }
        if (rules.has("enum")) {
            return oneOf(rules.get("enum"));
        }
        return rules.has("type") ? types(rules.get("type")) : "a value";
    }

    private static String oneOf(JsonNode values) {
        return "one of " + joined(values, ", ");
    }

    private static String types(JsonNode types) {
        var names = types.isArray() ? joined(types, " or ") : types.asText();
        return names.replace("\"", "");
    }

    private static String joined(JsonNode values, String separator) {
        return StreamSupport.stream(values.spliterator(), false)
                .map(JsonNode::toString)
                .collect(Collectors.joining(separator));
    }
}
