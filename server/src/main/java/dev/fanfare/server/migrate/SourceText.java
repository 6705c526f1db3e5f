package dev.fanfare.server.migrate;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads a configuration in the format it is found to be in: JSON, TOML or YAML. */
final class SourceText {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    /** The first line that is no comment begins a table or assigns a value. */
    private static final Pattern TOML =
            Pattern.compile("(\\s*(#.*)?\\R)*\\s*(\\[|[\\w.\"'-]+\\s*=).*", Pattern.DOTALL);

    private SourceText() {}

    static ObjectNode read(String text) throws UnreadableConfiguration {
        try {
            if (parse(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException broken) {
            throw unreadable(broken.getOriginalMessage() + place(broken.getLocation()));
        } catch (YamlEngineException broken) {
            throw unreadable(String.valueOf(broken.getMessage()));
        }
        throw unreadable("no keys in it");
    }

    private static JsonNode parse(String text) throws JsonProcessingException {
        if (text.stripLeading().startsWith("{")) {
            return JSON.readTree(text);
        }
        if (TOML.matcher(text).matches()) {
            return new TomlMapper().readTree(text);
        }
        var settings = LoadSettings.builder().setLabel("configuration").build();
        return JSON.valueToTree(new Load(settings).loadFromString(text));
    }

    private static String place(JsonLocation location) {
        return location == null
                ? ""
                : " in line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static UnreadableConfiguration unreadable(String why) {
        return new UnreadableConfiguration(
                "the configuration cannot be read (expected: JSON, YAML or TOML): " + why);
    }
}
