package dev.fanfare.brokers.redis;

import dev.fanfare.core.model.Attributes;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Payload;
import java.util.HashMap;
import java.util.Map;

/**
 * A message as the bytes that Redis keeps and passes on: the version of this form, what there is
 * (bits), the texts, and the payload to the end. Nodes of different versions read one another's: a
 * change needs another version, and to read the one before.
 */
final class MessageCodec {
    /** Of messages without attributes, which every version reads. */
    private static final int PLAIN = 1;

    private static final int WITH_ATTRIBUTES = 2;

    private static final int FORMAT = 0b11;
    private static final int EVENT = 1 << 2;
    private static final int PUBLISHER = 1 << 3;
    private static final int EXCEPT_USER = 1 << 4;
    private static final int TAGS = 1 << 5;
    private static final int DELTA = 1 << 6;
    private static final int BESIDE_EVENT = 1 << 7;

    /** More than the texts of most messages take. */
    private static final int TEXTS = 100;

    private MessageCodec() {}

    static byte[] encode(Message message) {
        var writer = new ByteWriter(message.payload().size() + TEXTS);
        var attributes = message.payload().attributes();
        boolean plain = attributes.equals(Attributes.NONE);
        writer.octet(plain ? PLAIN : WITH_ATTRIBUTES).octet(bits(message)).text(message.id());
        if (!plain) {
            writer.text(attributes.encoding()).text(attributes.extras());
        }
        if (message.event() != null) {
            writer.text(message.event());
        }
        if (message.publisher() != null) {
            writer.client(message.publisher());
        }
        if (message.audience() instanceof Audience.ExceptUser(var user)) {
            writer.text(user);
        }
        if (!message.tags().isEmpty()) {
            writer.number(message.tags().size());
            message.tags().forEach((name, value) -> writer.text(name).text(value));
        }
        return writer.raw(message.payload().bytes()).toBytes();
    }

    /** Reads from there to the end. */
    static Message decode(byte[] bytes, int from) {
        var reader = new ByteReader(bytes, from);
        int version = reader.octet();
        if (version != PLAIN && version != WITH_ATTRIBUTES) {
            throw reader.wrong("message: version " + version + " (expected: 1 or 2)");
        }
        int bits = reader.octet();
        var format = reader.format(bits & FORMAT);
        var id = reader.text();
        var attributes =
                version == PLAIN
                        ? Attributes.NONE
                        : new Attributes(has(bits, BESIDE_EVENT), reader.text(), reader.text());
        var event = has(bits, EVENT) ? reader.text() : null;
        var publisher = has(bits, PUBLISHER) ? reader.client() : null;
        var audience =
                has(bits, EXCEPT_USER) ? new Audience.ExceptUser(reader.text()) : Audience.EVERYONE;
        var tags = has(bits, TAGS) ? tags(reader) : Map.<String, String>of();
        var payload = Payload.of(reader.rest(), format).with(attributes);
        return new Message(id, event, payload, publisher, audience, tags, has(bits, DELTA));
    }

    private static int bits(Message message) {
        int audience =
                switch (message.audience()) {
                    case Audience.Everyone() -> 0;
                    case Audience.ExceptUser(var _) -> EXCEPT_USER;
                };
        return ByteWriter.formatCode(message.payload().format())
                | audience
                | (message.event() == null ? 0 : EVENT)
                | (message.publisher() == null ? 0 : PUBLISHER)
                | (message.tags().isEmpty() ? 0 : TAGS)
                | (message.delta() ? DELTA : 0)
                | (message.payload().attributes().besideEvent() ? BESIDE_EVENT : 0);
    }

    private static boolean has(int bits, int bit) {
        return (bits & bit) != 0;
    }

    private static Map<String, String> tags(ByteReader reader) {
        var tags = new HashMap<String, String>();
        for (int left = reader.number(); left > 0; left--) {
            tags.put(reader.text(), reader.text());
        }
        return tags;
    }
}
