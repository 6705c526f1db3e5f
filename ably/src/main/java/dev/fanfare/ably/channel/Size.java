package dev.fanfare.ably.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.ably.access.Denied;
import dev.fanfare.protocols.ably.Data;
import dev.fanfare.protocols.ably.ErrorInfo;
import dev.fanfare.protocols.ably.WireMessage;
import dev.fanfare.protocols.ably.WirePresence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How large what clients send is: data, name, extras and client id, in bytes. */
public final class Size {
    private static final int TOO_LARGE = 40009;

    private Size() {}

    /**
     * @param most of all messages together
     */
    static void checkMessages(List<WireMessage> messages, int most) throws Denied {
        check("messages", messages.stream().mapToLong(Size::of).sum(), most);
    }

    /**
     * @param most of all members together
     */
    public static void checkMembers(List<WirePresence> members, int most) throws Denied {
        check("presence", members.stream().mapToLong(Size::of).sum(), most);
    }

    private static void check(String label, long size, int most) throws Denied {
        if (size > most) {
            throw new Denied(
                    new ErrorInfo(
                            TOO_LARGE,
                            413,
                            "%s: %d bytes (expected: at most %d)".formatted(label, size, most)));
        }
    }

    private static int of(WireMessage message) {
        return length(message.data())
                + length(message.name())
                + length(message.extras())
                + length(message.sender().clientId());
    }

    public static int of(WirePresence member) {
        return length(member.data()) + length(member.extras()) + length(member.clientId());
    }

    private static int length(Data data) {
        return data.bytes().length;
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.getBytes(UTF_8).length;
    }
}
