package dev.fanfare.apps.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that came with a request, read strictly: a key that comes twice is refused, and so
 * is one that nobody asked for ({@link #end}). Every method names the field that is wrong.
 */
public final class JsonBody {
    /** Objects and arrays in one another: as many as the server reads in what is published. */
    public static final int DEPTH = 100;

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEPTH)
                                                    .build())
                                    .build())
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private final String path;
    private final ObjectNode members;
    private final Set<String> asked = new HashSet<>();

    private JsonBody(String path, ObjectNode members) {
        this.path = path;
        this.members = members;
    }

    public static JsonBody read(byte[] body) {
        if (body.length == 0) {
            throw Refused.badRequest("body", "nothing", "a JSON object");
        }
        try {
            if (JSON.readTree(body) instanceof ObjectNode members) {
                return new JsonBody("", members);
            }
        } catch (IOException malformed) {
            throw Refused.badRequest("body", reason(malformed), "a JSON object");
        }
        throw Refused.badRequest("body", "other JSON", "a JSON object");
    }

    private static String reason(IOException malformed) {
        var message = String.valueOf(malformed.getMessage());
        var first = message.lines().findFirst().orElse(message);
        return first.replaceFirst(", from `[^`]*`|: enable `.*", ""); // advice to programmers
    }

    public boolean has(String name) {
        return find(name) != null;
    }

    public JsonBody object(String name) {
        if (find(name) instanceof ObjectNode inner) {
            return new JsonBody(path + name + ".", inner);
        }
        throw wrong(name, "an object");
    }

    public String text(String name, int longest) {
        var expected = "a text of 1 to " + longest + " characters";
        var text = text(name, longest, expected);
        if (text.isBlank()) {
            throw Refused.badRequest(path + name, "a blank text", expected);
        }
        return text;
    }

    private String text(String name, int longest, String expected) {
        var value = find(name);
        if (value == null || !value.isTextual()) {
            throw wrong(name, expected);
        }
        var text = value.textValue();
        if (text.codePointCount(0, text.length()) > longest) {
            throw Refused.badRequest(path + name, "a longer text", expected);
        }
        if (!Characters.areText(text)) {
            throw Refused.badRequest(path + name, "no text", Characters.EXPECTED);
        }
        return text;
    }

    /** A text that no message repeats. */
    public String secret(String name, int shortest, int longest) {
        var expected = "a text of " + shortest + " to " + longest + " characters";
        var value = find(name);
        if (value == null || !value.isTextual()) {
            throw Refused.badRequest(path + name, value == null ? "nothing" : "no text", expected);
        }
        var text = value.textValue();
        int length = text.codePointCount(0, text.length());
        if (length < shortest || length > longest) {
            throw Refused.badRequest(path + name, length + " characters", expected);
        }
        return text;
    }

    /** Empty where the member is missing. */
    public Optional<String> findText(String name, int longest) {
        return has(name) ? Optional.of(text(name, longest)) : Optional.empty();
    }

    /** Also one without any characters; empty where the member is missing. */
    public Optional<String> findAnyText(String name, int longest) {
        var expected = "a text of at most " + longest + " characters";
        return has(name) ? Optional.of(text(name, longest, expected)) : Optional.empty();
    }

    /** Different ones, each as {@link #text} has it. */
    public List<String> texts(String name, int most, int longest) {
        var expected = "1 to " + most + " texts of 1 to " + longest + " characters, each once";
        var value = find(name);
        if (value == null || !value.isArray()) {
            throw wrong(name, expected);
        }
        var texts = new LinkedHashSet<String>();
        for (var each : value) {
            var text = each.textValue();
            if (text == null
                    || text.isBlank()
                    || text.codePointCount(0, text.length()) > longest
                    || !Characters.areText(text)
                    || !texts.add(text)) {
                throw Refused.badRequest(path + name, shown(each), expected);
            }
        }
        if (texts.isEmpty() || texts.size() > most) {
            throw Refused.badRequest(path + name, texts.size() + " texts", expected);
        }
        return List.copyOf(texts);
    }

    /** An object as it is, with text alone in it; empty where the member is missing. */
    public Optional<ObjectNode> findObject(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        if (!(find(name) instanceof ObjectNode inner)) {
            throw wrong(name, "an object");
        }
        if (!isText(inner)) {
            throw Refused.badRequest(path + name, "no text", Characters.EXPECTED);
        }
        return Optional.of(inner);
    }

    private static boolean isText(JsonNode value) {
        return switch (value) {
            case TextNode text -> Characters.areText(text.textValue());
            case ObjectNode object ->
                    object.propertyStream()
                            .allMatch(
                                    member ->
                                            Characters.areText(member.getKey())
                                                    && isText(member.getValue()));
            default -> value.valueStream().allMatch(JsonBody::isText);
        };
    }

    public long integer(String name, long least, long most) {
        var expected = "an integer from " + least + " to " + most;
        var value = find(name);
        if (value == null || !value.isIntegralNumber()) {
            throw wrong(name, expected);
        }
        if (!value.canConvertToLong() || value.longValue() < least || value.longValue() > most) {
            throw Refused.badRequest(path + name, shown(value), expected);
        }
        return value.longValue();
    }

    public BigDecimal decimal(String name, BigDecimal least, BigDecimal most) {
        var expected = "a number from " + least + " to " + most;
        var value = find(name);
        if (value == null || !value.isNumber()) {
            throw wrong(name, expected);
        }
        var number = value.decimalValue();
        if (number.compareTo(least) < 0 || number.compareTo(most) > 0) {
            throw Refused.badRequest(path + name, shown(value), expected);
        }
        return number;
    }

    public String oneOf(String name, Collection<String> choices) {
        var value = find(name);
        if (value == null || !value.isTextual() || !choices.contains(value.textValue())) {
            throw wrong(name, "one of " + String.join(", ", choices));
        }
        return value.textValue();
    }

    /** Refuses what nobody has asked for. */
    public void end() {
        members.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!asked.contains(name)) {
                                throw Refused.badRequest(
                                        path + name,
                                        "an unknown member",
                                        "only "
                                                + String.join(
                                                        ", ", asked.stream().sorted().toList()));
                            }
                        });
    }

    private @Nullable JsonNode find(String name) {
        asked.add(name);
        return members.get(name);
    }

    private Refused wrong(String name, String expected) {
        var value = members.get(name);
        return Refused.badRequest(path + name, value == null ? "nothing" : shown(value), expected);
    }

    private static String shown(JsonNode value) {
        var text = value.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
