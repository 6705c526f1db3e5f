package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Locale;

/** Holds answers to what {@code /openapi.json} says of them: no member more, none less. */
final class DescribedAnswers {
    private static final SchemaRegistry SCHEMAS =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonNode description;

    DescribedAnswers(JsonNode description) {
        this.description = description.deepCopy();
        close(this.description);
    }

    /** Whoever describes an object names all its members. */
    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("type").asText().equals("object")
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(DescribedAnswers::close);
    }

    /**
     * @param path with names in braces
     */
    void check(String method, String path, HttpAnswer answer) {
        var name = method + " " + path + " " + answer.status();
        var operation = description.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
        var responses = operation.path("responses");
        var status = String.valueOf(answer.status());
        var response = resolved(responses.path(responses.has(status) ? status : "default"));
        if (answer.status() == 204) {
            assertThat(responses.has(status)).as(name).isTrue();
            assertThat(answer.body()).as(name).isEmpty();
            return;
        }
        var media = response.path("content").path(answer.header("content-type"));
        assertThat(media.has("schema")).as(name + " " + answer).isTrue();
        var schema = ((ObjectNode) media.get("schema").deepCopy());
        schema.set("components", description.get("components"));
        assertThat(SCHEMAS.getSchema(schema).validate(answer.json()))
                .as(name + " " + answer.body())
                .isEmpty();
    }

    private JsonNode resolved(JsonNode response) {
        return response.has("$ref")
                ? description.at(response.get("$ref").asText().substring(1))
                : response;
    }
}
