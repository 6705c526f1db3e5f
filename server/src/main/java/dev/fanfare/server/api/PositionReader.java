package dev.fanfare.server.api;

import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.protocols.json.JsonReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads where somebody stands in a stream: {@code {"offset":7,"epoch":"abcd"}}. */
final class PositionReader {
    private PositionReader() {}

    /** Null after a fault. */
    static @Nullable StreamPosition read(JsonReader reader, String field) throws IOException {
        if (!reader.isObject()) {
            reader.refuse(field, "an object with offset and epoch");
            return null;
        }
        long offset = 0;
        var epoch = "";
        while (reader.nextMember()) {
            switch (reader.isNull() ? "" : reader.member()) {
                case "offset" -> offset = reader.count(field + ".offset");
                case "epoch" -> epoch = reader.text(field + ".epoch");
                default -> reader.skip();
            }
        }
        return new StreamPosition(epoch, Math.max(0, offset));
    }
}
