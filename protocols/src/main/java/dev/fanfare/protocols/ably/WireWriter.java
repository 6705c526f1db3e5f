package dev.fanfare.protocols.ably;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.protocols.json.JsonTree;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes messages, members, errors and trees of them, in whichever format. For one document. */
final class WireWriter {
    private static final int CREATE = 0;

    private final DocumentWriter out;

    WireWriter(DocumentWriter out) {
        this.out = out;
    }

    void message(WireMessage message) {
        var sender = message.sender();
        out.beginObject();
        text("id", message.id());
        text("name", message.name());
        data(message.data());
        text("clientId", sender.clientId());
        text("connectionId", sender.connectionId());
        time(message.timestamp());
        extras(message.extras());
        text("serial", message.serial());
        out.member("action", CREATE).endObject();
    }

    void member(WirePresence member) {
        out.beginObject().member("action", member.action().number());
        text("clientId", member.clientId());
        text("connectionId", member.connectionId());
        details(member);
        out.endObject();
    }

    /** What a member says, without who it is and what has become of it. */
    void details(WirePresence member) {
        text("id", member.id());
        data(member.data());
        time(member.timestamp());
        extras(member.extras());
    }

    void error(ErrorInfo error) {
        out.beginObject()
                .member("code", error.code())
                .member("statusCode", error.status())
                .member("message", error.message())
                .endObject();
    }

    /** As {@link Format#writeTree}. */
    void tree(@Nullable Object tree) {
        switch (tree) {
            case null -> out.nothing();
            case String text -> out.text(text);
            case Boolean value -> out.bool(value);
            case Long number -> out.number(number);
            case Integer number -> out.number(number.longValue());
            case Double number -> out.number(number);
            case byte[] bytes -> out.bytes(bytes);
            case Map<?, ?> object -> object(object);
            case List<?> array -> array(array);
            case WireMessage message -> message(message);
            case WirePresence member -> member(member);
            case ErrorInfo error -> error(error);
            case Object other ->
                    throw new IllegalArgumentException(
                            "tree: " + other.getClass() + " (expected: a JDK value)");
        }
    }

    private void object(Map<?, ?> object) {
        out.beginObject();
        object.forEach(
                (name, value) -> {
                    out.member((String) name);
                    tree(value);
                });
        out.endObject();
    }

    private void array(List<?> array) {
        out.beginArray();
        array.forEach(this::tree);
        out.endArray();
    }

    /** An empty text is one; what is absent is not there. */
    void text(String member, @Nullable String text) {
        if (text != null) {
            out.member(member, text);
        }
    }

    private void data(Data data) {
        var encoding = data.encoding();
        switch (data.form()) {
            case NONE -> {}
            case TEXT -> out.member("data").text(data.bytes());
            case BINARY -> {
                out.member("data").bytes(data.bytes());
                encoding = out.isBinary() ? encoding : MessageReader.stack(encoding, "base64");
            }
        }
        if (!encoding.isEmpty()) {
            out.member("encoding", encoding);
        }
    }

    private void time(long timestamp) {
        if (timestamp != 0) {
            out.member("timestamp", timestamp);
        }
    }

    private void extras(@Nullable String extras) {
        if (extras == null) {
            return;
        }
        out.member("extras");
        if (out.isBinary()) {
            tree(json(extras));
        } else {
            out.raw(extras.getBytes(UTF_8));
        }
    }

    private static @Nullable Object json(String document) {
        try {
            return JsonTree.of(document.getBytes(UTF_8));
        } catch (IOException noJson) {
            throw new IllegalArgumentException("extras: " + document + " (expected: JSON)", noJson);
        }
    }
}
