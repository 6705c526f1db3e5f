package dev.fanfare.protocols.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Refusal;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON document from outside, strictly and once, front to back. For one thread.
 *
 * <p>Two kinds of trouble. A document that is malformed (no JSON, no UTF-8, a key twice in one
 * object at any depth, nested too deep, something behind it) throws an {@link IOException}, which
 * {@link #malformed} puts into words. A well-formed document that says something wrong is read on,
 * so that its other members are known: the first such fault is kept for {@link #takeFault}.
 */
public final class JsonReader implements AutoCloseable {
    private static final int DEPTH = 100;
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
                    .build();

    /** What the parser's messages tell of the parser, not of the document. */
    private static final Pattern INTERNALS =
            Pattern.compile(
                    "(?s), from `[^`]*`| ?\\(?(start marker at|for .* starting at)? ?\\[Source.*");

    private final byte[] document;
    private final JsonParser parser;
    private @Nullable Refusal fault;

    private JsonReader(byte[] document) throws IOException {
        this.document = document;
        this.parser = JSON.createParser(document);
    }

    /** A reader that stands on the document's value. */
    public static JsonReader open(byte[] document) throws IOException {
        requireUtf8(document);
        var reader = new JsonReader(document);
        if (reader.parser.nextToken() == null) {
            throw new JsonParseException(reader.parser, "Nothing here");
        }
        return reader;
    }

    public boolean isObject() {
        return parser.hasToken(JsonToken.START_OBJECT);
    }

    public boolean isArray() {
        return parser.hasToken(JsonToken.START_ARRAY);
    }

    public boolean isNull() {
        return parser.hasToken(JsonToken.VALUE_NULL);
    }

    /** Goes to the value of the object's next member; false at the object's end. */
    public boolean nextMember() throws IOException {
        if (parser.nextToken() == JsonToken.END_OBJECT) {
            return false;
        }
        parser.nextToken();
        return true;
    }

    /** The name of the member whose value the reader stands on. */
    public String member() throws IOException {
        return parser.currentName();
    }

    /** Goes to the array's next element; false at the array's end. */
    public boolean nextElement() throws IOException {
        return parser.nextToken() != JsonToken.END_ARRAY;
    }

    /**
     * The string here, of at most so many characters; anything else, the empty string too, is a
     * fault.
     *
     * @return null after a fault
     */
    public @Nullable String string(String field, int longest) throws IOException {
        if (parser.hasToken(JsonToken.VALUE_STRING)) {
            var text = parser.getText();
            if (!text.isEmpty() && text.length() <= longest && isWellFormed(text)) {
                return text;
            }
        }
        refuse(field, "a string of 1 to " + longest + " Unicode characters");
        return null;
    }

    /** The string here, of any length; anything else is a fault, and comes back empty. */
    public String text(String field) throws IOException {
        if (parser.hasToken(JsonToken.VALUE_STRING) && isWellFormed(parser.getText())) {
            return parser.getText();
        }
        refuse(field, "a string");
        return "";
    }

    /** The whole number here; anything else is a fault, and comes back as 0. */
    public long number(String field) throws IOException {
        if (parser.hasToken(JsonToken.VALUE_NUMBER_INT)
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return parser.getLongValue();
        }
        refuse(field, "a whole number");
        return 0;
    }

    /** The truth value here; anything else is a fault, and comes back as false. */
    public boolean flag(String field) throws IOException {
        if (parser.currentToken().isBoolean()) {
            return parser.getBooleanValue();
        }
        refuse(field, "true or false");
        return false;
    }

    /** The whole number of 0 or more here; anything else is a fault, and comes back as -1. */
    public long count(String field) throws IOException {
        if (parser.hasToken(JsonToken.VALUE_NUMBER_INT)
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                && parser.getLongValue() >= 0) {
            return parser.getLongValue();
        }
        refuse(field, "a whole number, 0 or more");
        return -1;
    }

    /** The string or number here, as it is written; anything else is a fault. */
    public byte @Nullable [] token(String field) throws IOException {
        if (parser.hasToken(JsonToken.VALUE_STRING) || parser.currentToken().isNumeric()) {
            return slice(start());
        }
        refuse(field, "a string or a number");
        return null;
    }

    /** The value here, byte for byte. */
    public TypedPayload payload() throws IOException {
        int start = start();
        var type = isObject() ? typeOfObject() : null;
        return new TypedPayload(Payload.of(slice(start), Payload.Format.JSON), type);
    }

    /** The value here as JDK values, as {@link JsonTree} has them. */
    public @Nullable Object tree() throws IOException {
        return JsonTree.at(parser);
    }

    /** Notes that the value here is not what the field should be, and passes over it. */
    public void refuse(String field, String expected) throws IOException {
        note(wrong(field, expected));
        skip();
    }

    /** Says that the value here is not what the field should be. */
    public Refusal wrong(String field, String expected) throws IOException {
        return new Refusal(ErrorCode.BAD_REQUEST, field, shown(), expected);
    }

    /** Notes that the member here does not belong, and passes over it. */
    public void refuseMember(String field, Collection<String> known) throws IOException {
        note(unknownMember(field, known));
        skip();
    }

    /** Notes a fault. The first one counts. */
    public void note(Refusal refusal) {
        fault = fault == null ? refusal : fault;
    }

    /** The first fault since the last call; null when there was none. */
    public @Nullable Refusal takeFault() {
        var taken = fault;
        fault = null;
        return taken;
    }

    /** Passes over the value here. */
    public void skip() throws IOException {
        parser.skipChildren();
        parser.finishToken();
    }

    /** Makes sure that nothing follows the document's value. */
    public void end() throws IOException {
        if (parser.nextToken() != null) {
            throw new JsonParseException(
                    parser, "Something follows the JSON", parser.currentTokenLocation());
        }
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    public static Refusal unknownMember(String field, Collection<String> known) {
        return new Refusal(
                ErrorCode.BAD_REQUEST,
                field,
                "an unknown member",
                "only the members " + String.join(", ", known));
    }

    public static Refusal missingMember(String field, String expected) {
        return new Refusal(ErrorCode.BAD_REQUEST, field, "nothing", expected);
    }

    /**
     * Says why a document is malformed, and where.
     *
     * @param whole what to call the document: {@code body}
     */
    public static Refusal malformed(String whole, IOException why) {
        return new Refusal(
                ErrorCode.BAD_REQUEST,
                whole,
                words(why),
                "one JSON document in UTF-8, no key twice in an object");
    }

    private static String words(IOException why) {
        if (!(why instanceof JacksonException trouble)) {
            return String.valueOf(why.getMessage());
        }
        var words = INTERNALS.matcher(trouble.getOriginalMessage()).replaceAll("");
        var place = trouble.getLocation();
        return place == null
                ? words
                : words + " at line " + place.getLineNr() + ", column " + place.getColumnNr();
    }

    /**
     * A NUL near the start would make the parser take the document for UTF-16 or UTF-32; JSON has
     * none anywhere.
     */
    private static void requireUtf8(byte[] document) throws IOException {
        int malformed = Utf8.malformedAt(document);
        for (int i = 0; i < Math.min(4, document.length) && malformed < 0; i++) {
            malformed = document[i] == 0 ? i : -1;
        }
        if (malformed >= 0) {
            throw new IOException(
                    "byte 0x%02x at offset %d is not UTF-8 text"
                            .formatted(document[malformed], malformed));
        }
    }

    /**
     * Half a surrogate pair can be written as an escape, but is no character: UTF-8 cannot say it.
     */
    static boolean isWellFormed(String text) {
        int point;
        for (int i = 0; i < text.length(); i += Character.charCount(point)) {
            point = text.codePointAt(i);
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                return false;
            }
        }
        return true;
    }

    private @Nullable String typeOfObject() throws IOException {
        String type = null;
        while (nextMember()) {
            if (parser.hasToken(JsonToken.VALUE_STRING) && member().equals("type")) {
                type = parser.getText();
            } else {
                skip();
            }
        }
        return type;
    }

    private int start() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** Everything from there to the end of the value here. */
    private byte[] slice(int start) throws IOException {
        skip();
        return Arrays.copyOfRange(document, start, (int) parser.currentLocation().getByteOffset());
    }

    private String shown() throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> '"' + parser.getText() + '"';
            default -> parser.getText();
        };
    }
}
