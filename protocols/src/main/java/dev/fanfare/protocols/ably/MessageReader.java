package dev.fanfare.protocols.ably;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.protocols.ably.WireMessage.Sender;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages and members out of the trees that {@link Format#readTree} makes. */
public final class MessageReader {
    private static final String BASE64 = "base64";

    private MessageReader() {}

    /**
     * One message, or an array of them.
     *
     * @throws Unreadable where there is neither
     */
    public static List<WireMessage> messages(@Nullable Object tree) throws Unreadable {
        var messages = new ArrayList<WireMessage>();
        for (var message : tree instanceof List<?> several ? several : elements(tree)) {
            messages.add(message(Fields.of("message", message)));
        }
        return messages;
    }

    private static List<?> elements(@Nullable Object tree) throws Unreadable {
        return List.of(Fields.of("message", tree).members());
    }

    private static WireMessage message(Fields fields) throws Unreadable {
        var sender =
                new Sender(
                        fields.text("clientId"),
                        fields.text("connectionId"),
                        fields.text("connectionKey"));
        return new WireMessage(
                fields.text("id"),
                fields.text("name"),
                data(fields),
                sender,
                fields.number("timestamp", 0),
                extras(fields),
                fields.text("serial"));
    }

    static WirePresence presence(Fields fields) throws Unreadable {
        return presence(
                action(fields), fields.text("clientId"), fields.text("connectionId"), fields);
    }

    /** What a member says, as {@link WireWriter#details}. */
    static WirePresence presence(
            WirePresence.Action action,
            @Nullable String clientId,
            @Nullable String connectionId,
            Fields fields)
            throws Unreadable {
        return new WirePresence(
                action,
                fields.text("id"),
                clientId,
                connectionId,
                data(fields),
                fields.number("timestamp", 0),
                extras(fields));
    }

    private static WirePresence.Action action(Fields fields) throws Unreadable {
        long number = fields.number("action");
        var action = WirePresence.Action.of(number);
        if (action == null) {
            throw fields.wrong("action", number, "0 to 4");
        }
        return action;
    }

    /**
     * Bytes that came as base64 text are bytes again; whatever is neither text nor bytes becomes
     * JSON text.
     */
    private static Data data(Fields fields) throws Unreadable {
        var encoding = fields.text("encoding", "");
        return switch (fields.value("data")) {
            case null -> new Data(Data.Form.NONE, Data.NONE.bytes(), encoding);
            case String text -> text(text, encoding);
            case byte[] bytes -> new Data(Data.Form.BINARY, bytes, encoding);
            case Object value ->
                    new Data(
                            Data.Form.TEXT,
                            Formats.JSON.writeTree(value),
                            encoding.equals(Data.JSON) ? encoding : stack(encoding, Data.JSON));
        };
    }

    private static Data text(String text, String encoding) {
        int last = encoding.lastIndexOf('/') + 1;
        if (encoding.startsWith(BASE64, last) && encoding.length() == last + BASE64.length()) {
            try {
                var bytes = Base64.getDecoder().decode(text);
                var rest = encoding.substring(0, Math.max(0, last - 1));
                return new Data(Data.Form.BINARY, bytes, rest);
            } catch (IllegalArgumentException noBase64) {
                // then it stays what it is, under the name that it came with
            }
        }
        return new Data(Data.Form.TEXT, text.getBytes(UTF_8), encoding);
    }

    /** The encoding after one more step. */
    static String stack(String encoding, String step) {
        return encoding.isEmpty() ? step : encoding + '/' + step;
    }

    private static @Nullable String extras(Fields fields) throws Unreadable {
        return switch (fields.value("extras")) {
            case null -> null;
            case Map<?, ?> extras -> new String(Formats.JSON.writeTree(extras), UTF_8);
            case Object other -> throw fields.wrong("extras", other, "an object");
        };
    }
}
