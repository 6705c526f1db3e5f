package dev.fanfare.server.api;

import dev.fanfare.protocols.json.JsonReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads lists of strings. */
final class TextList {
    private TextList() {}

    /**
     * Anything else is a fault, and comes back empty.
     *
     * @param items what the strings are
     */
    static List<String> read(JsonReader reader, String field, String items) throws IOException {
        if (!reader.isArray()) {
            reader.refuse(field, "a list of " + items);
            return List.of();
        }
        var texts = new ArrayList<String>();
        while (reader.nextElement()) {
            texts.add(reader.text(field));
        }
        return texts;
    }
}
