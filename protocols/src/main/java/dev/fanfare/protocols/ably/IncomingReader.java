package dev.fanfare.protocols.ably;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Protocol messages of clients, out of trees. */
final class IncomingReader {
    private static final int CREATE = 0;
    private static final long NO_ANSWER = -1;

    private IncomingReader() {}

    static List<Incoming> read(@Nullable Object tree) throws Unreadable {
        if (!(tree instanceof List<?> several)) {
            return List.of(one(tree));
        }
        var all = new ArrayList<Incoming>(several.size());
        for (var each : several) {
            all.add(one(each));
        }
        return all;
    }

    private static Incoming one(@Nullable Object tree) throws Unreadable {
        var fields = Fields.of("protocol message", tree);
        int action = Math.clamp(fields.number("action"), -1, Integer.MAX_VALUE);
        return switch (action) {
            case Action.HEARTBEAT -> new Incoming.Heartbeat(fields.text("id"));
            case Action.DISCONNECT -> new Incoming.Disconnect();
            case Action.CLOSE -> new Incoming.Close();
            case Action.ATTACH ->
                    new Incoming.Attach(
                            channel(fields),
                            fields.number("flags", 0),
                            fields.texts("params"),
                            fields.text("channelSerial"));
            case Action.DETACH -> new Incoming.Detach(channel(fields));
            case Action.PRESENCE ->
                    new Incoming.Presence(
                            fields.number("msgSerial"), channel(fields), members(fields));
            case Action.MESSAGE -> publish(fields);
            case Action.SYNC -> new Incoming.Sync(channel(fields));
            case Action.AUTH -> auth(fields);
            default -> unsupported(action, fields);
        };
    }

    /** Only new messages are published: what changes one that is there goes further. */
    private static Incoming publish(Fields fields) throws Unreadable {
        for (var message : fields.list("messages")) {
            if (Fields.of("message", message).number("action", CREATE) != CREATE) {
                return unsupported(Action.MESSAGE, fields);
            }
        }
        return new Incoming.Publish(
                fields.number("msgSerial"),
                channel(fields),
                fields.text("id"),
                MessageReader.messages(fields.list("messages")),
                fields.texts("params"));
    }

    private static List<WirePresence> members(Fields fields) throws Unreadable {
        var members = new ArrayList<WirePresence>();
        for (var member : fields.list("presence")) {
            members.add(MessageReader.presence(Fields.of("presence", member)));
        }
        return members;
    }

    private static Incoming auth(Fields fields) throws Unreadable {
        var auth = Fields.of("auth", fields.value("auth"));
        var token = auth.text("accessToken");
        if (token == null) {
            throw auth.wrong("accessToken", null, "a token");
        }
        return new Incoming.Auth(token);
    }

    private static Incoming unsupported(int action, Fields fields) throws Unreadable {
        return new Incoming.Unsupported(
                action, fields.number("msgSerial", NO_ANSWER), fields.text("channel"));
    }

    /** Without one it is the empty name, which nobody has. */
    private static String channel(Fields fields) throws Unreadable {
        return fields.text("channel", "");
    }
}
