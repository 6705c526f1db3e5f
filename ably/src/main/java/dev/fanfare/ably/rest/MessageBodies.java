package dev.fanfare.ably.rest;

import dev.fanfare.ably.access.Denied;
import dev.fanfare.protocols.ably.MessageReader;
import dev.fanfare.protocols.ably.Unreadable;
import dev.fanfare.protocols.ably.WireMessage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages out of bodies. */
final class MessageBodies {
    private static final int BAD_DATA = 40013;

    private MessageBodies() {}

    /** One message, or an array of them. */
    static List<WireMessage> messages(@Nullable Object tree) throws Denied {
        for (var message : tree instanceof List<?> several ? several : List.of()) {
            checkData(message);
        }
        checkData(tree);
        try {
            return MessageReader.messages(tree);
        } catch (Unreadable e) {
            throw Errors.denied(40000, "body: " + e.getMessage());
        }
    }

    /** A number or a truth value alone cannot be told from its text. */
    private static void checkData(@Nullable Object message) throws Denied {
        if (message instanceof Map<?, ?> fields
                && (fields.get("data") instanceof Number
                        || fields.get("data") instanceof Boolean)) {
            throw Errors.bad(
                    BAD_DATA,
                    "data",
                    String.valueOf(fields.get("data")),
                    "a text, bytes, an object or an array");
        }
    }
}
