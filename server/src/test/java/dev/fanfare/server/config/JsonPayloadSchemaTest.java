package dev.fanfare.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPayloadSchemaTest {
    private static final String SCHEMA =
            """
            { "type": "object",
              "required": ["type", "id", "tags"],
              "properties": {
                "type": { "const": "gift" },
                "id": { "type": "integer", "minimum": 1 },
                "kind": { "enum": ["a", 2] },
                "tags": { "type": "array", "items": {
                    "type": "object", "required": ["name"],
                    "properties": { "name": { "type": ["string", "null"] } },
                    "additionalProperties": false } } } }\
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                              | payload.type: nothing (expected:"
                        + " \"gift\")",
                "{'type':'gift','tags':[]}                       | payload.id: nothing (expected:"
                        + " integer)",
                "{'type':'gift','id':1}                          | payload.tags: nothing (expected:"
                        + " array)",
                "{'type':'x','id':1,'tags':[]}                   | payload.type: \"x\" (expected:"
                        + " \"gift\")",
                "{'type':'gift','id':'1','tags':[]}              | payload.id: \"1\" (expected:"
                        + " integer)",
                "{'type':'gift','id':0,'tags':[]}                | payload.id: 0 (expected: must"
                        + " have a minimum value of 1)",
                "{'type':'gift','id':1,'tags':[],'kind':'b'}     | payload.kind: \"b\" (expected:"
                        + " one of \"a\", 2)",
                "{'type':'gift','id':1,'tags':[{}]}              | payload.tags[0].name: nothing"
                        + " (expected: string or null)",
                "{'type':'gift','id':1,'tags':[{'name':1}]}      | payload.tags[0].name: 1"
                        + " (expected: string or null)",
                "{'type':'gift','id':1,'tags':[{'name':'','z':1}]} | payload.tags[0].z: 1"
                        + " (expected: no such member)",
                "[]                                              | payload: [] (expected: object)",
                "{'type':                                        | payload: {\"type\": (expected:"
                        + " JSON, each key once)",
                "{'id':1,'id':2}                                 | payload: {\"id\":1,\"id\":2}"
                        + " (expected: JSON, each key once)",
            })
    void namesTheMemberThatIsWrong(String payload, String message) throws Exception {
        var refusal = schema(SCHEMA).check(Payload.json(payload.replace('\'', '"')));
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_PAYLOAD);
        assertThat(refusal.message()).isEqualTo(message);
    }

    @Test
    void takesWhatFits() throws Exception {
        var payload =
                Payload.json("{\"type\":\"gift\",\"id\":1,\"tags\":[{\"name\":null}],\"more\":{}}");
        assertThat(schema(SCHEMA).check(payload)).isNull();
    }

    @Test
    void takesNothingButJson() throws Exception {
        var payload = Payload.of(new byte[] {1}, Payload.Format.BINARY);
        assertThat(schema("true").check(payload).message())
                .isEqualTo("payload: binary (expected: JSON)");
    }

    @Test
    void survivesPayloadsThatAreTooDeep() throws Exception {
        var endless = schema("{\"items\":{\"$ref\":\"#\"}}");
        var deep = "[".repeat(900) + "]".repeat(900);
        assertThat(endless.check(Payload.json("[".repeat(2000) + "]".repeat(2000)))).isNotNull();
        endless.check(Payload.json(deep));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3",
                "{\"type\":\"arry\"}",
                "{\"$ref\":\"#\"}",
                "{\"$ref\":\"#/$defs/none\"}",
                "{\"$ref\":\"https://example.com/schema\"}",
                "{\"pattern\":\"[\"}",
                "{\"$schema\":\"https://json-schema.org/draft/1999/schema\"}"
            })
    void refusesWhatIsNoSchema(String text) throws Exception {
        assertThatIllegalArgumentException().isThrownBy(() -> schema(text));
    }

    private static JsonPayloadSchema schema(String text) throws Exception {
        var node = new ObjectMapper().readTree(text);
        return JsonPayloadSchema.checked(() -> node);
    }
}
