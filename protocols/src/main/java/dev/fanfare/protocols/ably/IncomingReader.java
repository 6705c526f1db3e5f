package dev.fanfare.protocols.ably;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Protocol messages of clients, out of trees. */
final class IncomingReader {
    private static final int CREATE = 0;
    private static final long NO_ANSWER = -1;
    private static final int BAD_REQUEST = 40_000;
    private static final int NOT_MUTABLE = 93_002;

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
            case Action.PRESENCE, Action.MESSAGE -> answered(action, fields);
            case Action.SYNC -> new Incoming.Sync(channel(fields));
            case Action.AUTH -> auth(fields);
            default ->
                    refused(
                            fields.number("msgSerial", NO_ANSWER),
                            "action: " + action + " (expected: one of this server's protocol)");
        };
    }

    /** What is wrong inside is answered, and the connection goes on. */
    private static Incoming answered(int action, Fields fields) throws Unreadable {
        long msgSerial = fields.number("msgSerial", 0);
        try {
            return action == Action.MESSAGE
                    ? publish(msgSerial, fields)
                    : new Incoming.Presence(msgSerial, channel(fields), members(fields));
        } catch (Unreadable e) {
            return refused(msgSerial, String.valueOf(e.getMessage()));
        }
    }

    /** Only new messages are published: none is changed that is there. */
    private static Incoming publish(long msgSerial, Fields fields) throws Unreadable {
        for (var message : fields.list("messages")) {
            long action = Fields.of("message", message).number("action", CREATE);
            if (action != CREATE) {
                var why = "message.action: " + action + " (expected: 0, a new message)";
                return new Incoming.Refused(msgSerial, new ErrorInfo(NOT_MUTABLE, 400, why));
            }
        }
        return new Incoming.Publish(
                msgSerial,
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

    private static Incoming refused(long msgSerial, String why) {
        return new Incoming.Refused(msgSerial, ErrorInfo.of(BAD_REQUEST, why));
    }

    /** Without one it is the empty name, which nobody has. */
    private static String channel(Fields fields) throws Unreadable {
        return fields.text("channel", "");
    }
}
