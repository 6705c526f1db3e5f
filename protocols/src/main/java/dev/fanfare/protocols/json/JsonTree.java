package dev.fanfare.protocols.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as JDK values: Map in the order of its members, List, String, Boolean, null; whole numbers
 * as Long where they are one, all others as Double.
 */
public final class JsonTree {
    private JsonTree() {}

    /**
     * The one value of a whole document.
     *
     * @throws IOException as {@link JsonReader}
     */
    public static @Nullable Object of(byte[] document) throws IOException {
        try (var reader = JsonReader.open(document)) {
            var tree = reader.tree();
            reader.end();
            return tree;
        }
    }

    /** The value that the parser stands on, which has been read to its end afterwards. */
    static @Nullable Object at(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> wellFormed(parser.getText());
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        var object = new LinkedHashMap<String, @Nullable Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = wellFormed(parser.currentName());
            if (object.containsKey(name)) {
                throw new JsonParseException(
                        parser, "Duplicate field '" + name + "'", parser.currentTokenLocation());
            }
            parser.nextToken();
            object.put(name, at(parser));
        }
        return object;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        var array = new ArrayList<@Nullable Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(at(parser));
        }
        return array;
    }

    /** Half a surrogate pair, as from a string that was cut there, becomes a question mark. */
    private static String wellFormed(String text) {
        return JsonReader.isWellFormed(text) ? text : new String(text.getBytes(UTF_8), UTF_8);
    }

    private static Object whole(JsonParser parser) throws IOException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return decimal(parser);
        }
        return parser.getLongValue();
    }

    private static double decimal(JsonParser parser) throws IOException {
        double number = parser.getDoubleValue();
        if (Double.isInfinite(number)) {
            throw new JsonParseException(
                    parser, "Number out of range", parser.currentTokenLocation());
        }
        return number;
    }
}
