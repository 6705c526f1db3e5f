package dev.fanfare.apps.stories;

import dev.fanfare.client.Message;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;

/**
 * What an author is told. The order of the members is part of the contract, and so are times in
 * whole seconds.
 */
record StoryEvent(String type, SequencedMap<String, String> data, String timestamp)
        implements Message {
    static StoryEvent viewed(UUID story, String viewer, Instant at) {
        var data = new LinkedHashMap<String, String>();
        data.put("story_id", story.toString());
        data.put("viewer_id", viewer);
        data.put("viewed_at", seconds(at));
        return new StoryEvent("story.viewed", data, seconds(at));
    }

    static StoryEvent reacted(UUID story, String user, String emoji, Instant at) {
        var data = new LinkedHashMap<String, String>();
        data.put("story_id", story.toString());
        data.put("user_id", user);
        data.put("emoji", emoji);
        data.put("reacted_at", seconds(at));
        return new StoryEvent("story.reacted", data, seconds(at));
    }

    /** As {@code 2025-10-01T15:13:26Z}. */
    static String seconds(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    @Override
    public Map<String, ?> members() {
        var members = new LinkedHashMap<String, Object>();
        members.put("type", type);
        members.put("data", data);
        members.put("timestamp", timestamp);
        return members;
    }
}
