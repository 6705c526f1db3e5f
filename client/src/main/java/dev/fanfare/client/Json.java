package dev.fanfare.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes values of the JDK as JSON, and reads a little of it. */
final class Json {
    static final JsonFactory FACTORY = new JsonFactory();

    private static final JsonFactory STRICT =
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private Json() {}

    /**
     * @throws IllegalArgumentException for values that JSON has no form for
     */
    static String write(Map<?, ?> object) {
        var text = new StringWriter();
        try (var generator = FACTORY.createGenerator(text)) {
            write(generator, object);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "message: " + e.getOriginalMessage() + " (expected: what JSON has a form for)",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /**
     * @param name for messages: what the text is
     * @throws IllegalArgumentException unless the text is one JSON value, with no key twice
     */
    static void requireValue(String name, String text) {
        try (var parser = STRICT.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new IllegalArgumentException(name + ": nothing (expected: a JSON value)");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException(
                        name + ": more than one value (expected: a JSON value)");
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    name + ": " + why(e) + " (expected: a JSON value)", e);
        }
    }

    /** Without the places in the text, which say little of a text that is not seen. */
    private static String why(IOException failure) {
        return failure instanceof JsonProcessingException malformed
                ? malformed.getOriginalMessage().replaceFirst(" \\(start marker.*", "")
                : String.valueOf(failure.getMessage());
    }

    /** The text of a member of this object; null where there is none, or no object. */
    static @Nullable String member(String json, String wanted) {
        try (var parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                var value = parser.nextToken();
                if (name.equals(wanted) && value == JsonToken.VALUE_STRING) {
                    return parser.getText();
                }
                parser.skipChildren();
            }
            return null;
        } catch (IOException noJson) {
            return null;
        }
    }

    private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof String text) {
            generator.writeString(text);
        } else if (value instanceof Boolean flag) {
            generator.writeBoolean(flag);
        } else if (value instanceof Number number) {
            writeNumber(generator, number);
        } else if (value instanceof Map<?, ?> object) {
            writeObject(generator, object);
        } else if (value instanceof Iterable<?> items) {
            writeArray(generator, items);
        } else {
            throw unwritable(value);
        }
    }

    private static void writeNumber(JsonGenerator generator, Number number) throws IOException {
        if (number instanceof BigDecimal decimal) {
            generator.writeNumber(decimal);
        } else if (number instanceof BigInteger integer) {
            generator.writeNumber(integer);
        } else if (number instanceof Double || number instanceof Float) {
            writeFraction(generator, number.doubleValue());
        } else {
            generator.writeNumber(number.longValue());
        }
    }

    private static void writeFraction(JsonGenerator generator, double number) throws IOException {
        if (!Double.isFinite(number)) {
            throw unwritable(number);
        }
        generator.writeNumber(number);
    }

    private static void writeObject(JsonGenerator generator, Map<?, ?> object) throws IOException {
        generator.writeStartObject();
        for (var member : object.entrySet()) {
            generator.writeFieldName(String.valueOf(member.getKey()));
            write(generator, member.getValue());
        }
        generator.writeEndObject();
    }

    private static void writeArray(JsonGenerator generator, Iterable<?> items) throws IOException {
        generator.writeStartArray();
        for (var item : items) {
            write(generator, item);
        }
        generator.writeEndArray();
    }

    private static IllegalArgumentException unwritable(Object value) {
        return new IllegalArgumentException(
                "message: "
                        + value.getClass().getName()
                        + " "
                        + value
                        + " (expected: String, finite Number, Boolean, Map, Iterable or null)");
    }
}
