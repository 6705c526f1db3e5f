package dev.fanfare.server.publish;

import dev.fanfare.core.channel.Draft;
import dev.fanfare.core.model.Refusal;
import java.util.List;

/**
 * What a backend posted: one publication as an object, or an array of them.
 *
 * <p>A body that cannot be read as a whole publishes nothing: malformed JSON, a key twice in one
 * object (inside a payload too), an array member that is no object, too many members. In an array
 * that can be read, each member is taken or refused for itself.
 */
public sealed interface PublishBody {
    record One(Entry entry) implements PublishBody {}

    record Many(List<Entry> entries) implements PublishBody {
        public Many {
            entries = List.copyOf(entries);
        }
    }

    /** Too many members are {@code PAYLOAD_TOO_LARGE}, everything else is a {@code BAD_REQUEST}. */
    record Rejected(Refusal refusal) implements PublishBody {}

    /** One publication of a body. */
    sealed interface Entry {
        /** Well-formed; whether its channel and event exist is not known yet. */
        record Wanted(Draft draft) implements Entry {}

        record Refused(Refusal refusal) implements Entry {}
    }

    /** Never throws. Payloads keep the very bytes that were posted. */
    static PublishBody parse(byte[] body, PublishLimits limits) {
        return new BodyReader(limits).read(body);
    }
}
