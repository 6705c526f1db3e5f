package dev.fanfare.server.publish;

import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.protocols.json.JsonReader;
import dev.fanfare.server.publish.PublishBody.Entry;
import dev.fanfare.server.publish.PublishBody.Many;
import dev.fanfare.server.publish.PublishBody.One;
import dev.fanfare.server.publish.PublishBody.Rejected;
import java.io.IOException;
import java.util.ArrayList;

/** Reads a publish body in one pass. */
record BodyReader(PublishLimits limits) {
    private static final String OBJECT = "an object with channel and payload";

    PublishBody read(byte[] body) {
        try (var reader = JsonReader.open(body)) {
            if (reader.isObject()) {
                return one(reader);
            }
            if (reader.isArray()) {
                return many(reader);
            }
            return new Rejected(reader.wrong("body", OBJECT + ", or an array of such objects"));
        } catch (IOException malformed) {
            return new Rejected(JsonReader.malformed("body", malformed));
        }
    }

    private PublishBody one(JsonReader reader) throws IOException {
        var entry = new EntryReader(limits.payload()).read(reader);
        reader.end();
        return new One(entry);
    }

    private PublishBody many(JsonReader reader) throws IOException {
        var entries = new ArrayList<Entry>();
        while (reader.nextElement()) {
            if (entries.size() == limits.members()) {
                return new Rejected(tooMany());
            }
            if (!reader.isObject()) {
                return new Rejected(reader.wrong("body[" + entries.size() + "]", OBJECT));
            }
            entries.add(new EntryReader(limits.payload()).read(reader));
        }
        reader.end();
        return new Many(entries);
    }

    private Refusal tooMany() {
        return new Refusal(
                ErrorCode.PAYLOAD_TOO_LARGE,
                "body",
                "more than " + limits.members() + " members",
                "at most " + limits.members() + " publications");
    }
}
