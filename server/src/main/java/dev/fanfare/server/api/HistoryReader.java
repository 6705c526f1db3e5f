package dev.fanfare.server.api;

import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.protocols.json.JsonReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads what of a channel's history is wanted. Made for one. */
final class HistoryReader {
    private String channel = "";
    private long limit;
    private @Nullable StreamPosition since;
    private boolean reverse;

    ApiCommand read(JsonReader reader) throws IOException {
        while (reader.nextMember()) {
            if (!reader.isNull()) {
                readMember(reader);
            }
        }
        if (channel.isEmpty() || (reverse && since != null && since.offset() == 0)) {
            return new ApiCommand.Refused(ApiError.BAD_REQUEST);
        }
        return new ApiCommand.History(channel, new HistoryQuery(since, most(limit), reverse));
    }

    private void readMember(JsonReader reader) throws IOException {
        switch (reader.member()) {
            case "channel" -> channel = reader.text("channel");
            case "limit" -> limit = reader.number("limit");
            case "since" -> since = PositionReader.read(reader, "since");
            case "reverse" -> reverse = reader.flag("reverse");
            default -> reader.skip();
        }
    }

    /** Below 0 there is no limit. */
    private static int most(long limit) {
        return limit < 0 ? Integer.MAX_VALUE : (int) Math.min(limit, Integer.MAX_VALUE);
    }
}
