package dev.fanfare.server.publish;

import dev.fanfare.core.channel.Draft;
import dev.fanfare.core.model.Attributes;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Payload;
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
            List.of("channel", "payload", "id", "event", "data", "excludeUserId");

    private final int largestPayload;
    private @Nullable String channel;
    private @Nullable String id;
    private @Nullable String event;
    private @Nullable TypedPayload payload;
    private @Nullable Payload data;
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
            case "data" -> data = reader.payload().payload();
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
        if (data != null) {
            return besideEvent(channel, data);
        }
        if (payload == null) {
            return new Entry.Refused(JsonReader.missingMember("payload", "any JSON value"));
        }
        var contradiction = payload.contradiction(event);
        return contradiction == null
                ? wanted(channel, payload.event(event), payload.payload())
                : new Entry.Refused(contradiction);
    }

    /** The event's name is not in the data, so nothing in there contradicts it. */
    private Entry besideEvent(String name, Payload told) {
        if (payload != null) {
            return new Entry.Refused(
                    new Refusal(
                            ErrorCode.BAD_REQUEST,
                            "data",
                            "a value beside payload",
                            "one of the two: payload is what clients get, data goes with event"));
        }
        if (event == null) {
            return new Entry.Refused(
                    JsonReader.missingMember("event", "the name of the event that has the data"));
        }
        return wanted(name, event, told.with(new Attributes(true, "", "")));
    }

    private Entry wanted(String name, @Nullable String named, Payload told) {
        return told.size() > largestPayload
                ? new Entry.Refused(tooLarge(told.size()))
                : new Entry.Wanted(new Draft(name, id, named, told, audience));
    }

    private Refusal tooLarge(int size) {
        return new Refusal(
                ErrorCode.PAYLOAD_TOO_LARGE,
                "payload",
                size + " bytes",
                "at most " + largestPayload + " bytes");
    }
}
