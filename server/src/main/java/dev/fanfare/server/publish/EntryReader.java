package dev.fanfare.server.publish;

import dev.fanfare.core.channel.Draft;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.protocols.json.JsonReader;
import dev.fanfare.protocols.json.TypedPayload;
import dev.fanfare.server.publish.PublishBody.Entry;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one publication of a body. Made for one. */
final class EntryReader {
    private static final int LONGEST_ID = 128;
    private static final int LONGEST = 1024;
    private static final List<String> MEMBERS =
            List.of("channel", "payload", "id", "event", "excludeUserId");

    private final int largestPayload;
    private @Nullable String channel;
    private @Nullable String id;
    private @Nullable String event;
    private @Nullable TypedPayload payload;
    private Audience audience = Audience.EVERYONE;

    EntryReader(int largestPayload) {
        this.largestPayload = largestPayload;
    }

    /** Reads the object here to its end. */
    Entry read(JsonReader reader) throws IOException {
        while (reader.nextMember()) {
            member(reader);
        }
        var fault = reader.takeFault();
        return fault == null ? entry() : new Entry.Refused(fault);
    }

    private void member(JsonReader reader) throws IOException {
        switch (reader.member()) {
            case "channel" -> channel = reader.string("channel", LONGEST);
            case "payload" -> payload = reader.payload();
            case "id" -> id = reader.string("id", LONGEST_ID);
            case "event" -> event = reader.string("event", LONGEST);
            case "excludeUserId" -> audience = except(reader.string("excludeUserId", LONGEST));
            default -> reader.refuseMember(reader.member(), MEMBERS);
        }
    }

    private static Audience except(@Nullable String user) {
        return user == null ? Audience.EVERYONE : new Audience.ExceptUser(user);
    }

    private Entry entry() {
        if (channel == null) {
            return new Entry.Refused(JsonReader.missingMember("channel", "a channel's name"));
        }
        if (payload == null) {
            return new Entry.Refused(JsonReader.missingMember("payload", "any JSON value"));
        }
        var size = payload.payload().size();
        if (size > largestPayload) {
            return new Entry.Refused(tooLarge(size));
        }
        var contradiction = payload.contradiction(event);
        if (contradiction != null) {
            return new Entry.Refused(contradiction);
        }
        return new Entry.Wanted(
                new Draft(channel, id, payload.event(event), payload.payload(), audience));
    }

    private Refusal tooLarge(int size) {
        return new Refusal(
                ErrorCode.PAYLOAD_TOO_LARGE,
                "payload",
                size + " bytes",
                "at most " + largestPayload + " bytes");
    }
}
