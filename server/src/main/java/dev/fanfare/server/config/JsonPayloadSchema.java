package dev.fanfare.server.config;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.fanfare.core.channel.PayloadSchema;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Refusal;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An event's schema in JSON Schema 2020-12. It is complete in itself: nothing is ever fetched.
 *
 * <p>Compiling the first schema loads hundreds of classes, which would double the time to start. So
 * it is put off until the first check.
 */
public final class JsonPayloadSchema implements PayloadSchema {
    private static final String PAYLOAD = "payload";

    /** What the libraries need, in a class of its own, so that it is made when it is needed. */
    private static final class Libraries {
        static final JsonMapper MAPPER =
                JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
        static final SpecificationVersion VERSION = SpecificationVersion.DRAFT_2020_12;
        static final SchemaRegistry SCHEMAS =
                SchemaRegistry.withDefaultDialect(
                        VERSION,
                        registry ->
                                registry.schemaLoader(
                                        loader -> loader.fetchRemoteResources(false)));
        static final Schema OF_SCHEMAS =
                SCHEMAS.getSchema(SchemaLocation.of(VERSION.getDialectId()));
    }

    private record Compiled(JsonNode source, Schema schema) {}

    private final Supplier<JsonNode> source;

    /** Equal whoever compiles it: a race costs time, no more. */
    private volatile @Nullable Compiled compiled;

    private JsonPayloadSchema(Supplier<JsonNode> source) {
        this.source = source;
    }

    /** A schema that is known to be one. */
    static JsonPayloadSchema trusted(Supplier<JsonNode> source) {
        return new JsonPayloadSchema(source);
    }

    /**
     * @throws IllegalArgumentException saying why this is no schema
     */
    static JsonPayloadSchema checked(Supplier<JsonNode> source) {
        var errors = Libraries.OF_SCHEMAS.validate(source.get());
        if (!errors.isEmpty()) {
            throw new IllegalArgumentException(errors.getFirst().toString());
        }
        try {
            var schema = new JsonPayloadSchema(source);
            schema.compiled().schema().initializeValidators();
            schema.compiled().schema().validate(Libraries.MAPPER.createObjectNode());
            return schema;
        } catch (StackOverflowError endless) {
            throw new IllegalArgumentException("no $ref that leads back to itself", endless);
        } catch (RuntimeException wrong) {
            throw new IllegalArgumentException(wrong.getMessage(), wrong);
        }
    }

    private Compiled compiled() {
        var ready = compiled;
        if (ready == null) {
            var node = source.get();
            ready = new Compiled(node, Libraries.SCHEMAS.getSchema(node));
            compiled = ready;
        }
        return ready;
    }

    @Override
    public @Nullable Refusal check(Payload payload) {
        if (payload.format() != Payload.Format.JSON) {
            return refusal(PAYLOAD, ValueType.word(payload.format()), "JSON");
        }
        try {
            var ready = compiled();
            var errors = ready.schema().validate(Libraries.MAPPER.readTree(payload.bytes()));
            return errors.isEmpty()
                    ? null
                    : new SchemaError(errors.getFirst(), ready.source()).refusal();
        } catch (IOException broken) {
            return refusal(PAYLOAD, payload.toString(), "JSON, each key once");
        } catch (StackOverflowError deep) {
            return refusal(PAYLOAD, payload.toString(), "fewer levels");
        }
    }

    static Refusal refusal(String field, String got, String expected) {
        return new Refusal(ErrorCode.INVALID_PAYLOAD, field, got, expected);
    }
}
