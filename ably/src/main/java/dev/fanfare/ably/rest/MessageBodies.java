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
    private static final int CREATE = 0;
    private static final int NOT_MUTABLE = 93002;

    private MessageBodies() {}

    /** One message, or an array of them. */
    static List<WireMessage> messages(@Nullable Object tree) throws Denied {
        for (var message : tree instanceof List<?> several ? several : List.of()) {
            check(message);
        }
        check(tree);
        try {
            return MessageReader.messages(tree);
        } catch (Unreadable e) {
            throw Errors.denied(40000, "body: " + e.getMessage());
        }
    }

    private static void check(@Nullable Object message) throws Denied {
        if (message instanceof Map<?, ?> fields) {
            checkData(fields.get("data"));
            if (fields.get("action") instanceof Number action && action.intValue() != CREATE) {
                throw unchangeable(String.valueOf(fields.get("serial")));
            }
        }
    }

    /** A number or a truth value alone cannot be told from its text. */
    private static void checkData(@Nullable Object data) throws Denied {
        if (data instanceof Number || data instanceof Boolean) {
            throw Errors.bad(
                    BAD_DATA, "data", data.toString(), "a text, bytes, an object or an array");
        }
    }

    /** Says that a message cannot become another one, nor go away. */
    static Denied unchangeable(String serial) {
        return Errors.denied(
                NOT_MUTABLE,
                400,
                "message: %s (expected: a new one, what is published stays)".formatted(serial));
    }
}
