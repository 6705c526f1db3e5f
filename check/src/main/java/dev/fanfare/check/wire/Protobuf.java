package dev.fanfare.check.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The messages of the protocol compatible with Centrifugo, between Protobuf and the trees that they
 * are in JSON. Knows the fields that clients here use, and passes over the others.
 */
public final class Protobuf {
    /** For each message its fields: number, name, type. Types in brackets come several times. */
    private static final String SCHEMA =
            """
            Command: 1 id uint, 4 connect ConnectRequest, 5 subscribe SubscribeRequest, \
            6 unsubscribe UnsubscribeRequest, 7 publish PublishRequest
            ConnectRequest: 1 token string, 3 subs {SubscribeRequest}
            SubscribeRequest: 1 channel string, 3 recover bool, 6 epoch string, 7 offset uint, \
            9 positioned bool, 10 recoverable bool, 11 join_leave bool
            UnsubscribeRequest: 1 channel string
            PublishRequest: 1 channel string, 2 data json
            EmulationRequest: 1 node string, 2 session string, 3 data bytes
            Reply: 1 id uint, 2 error Error, 4 push Push, 5 connect ConnectResult, \
            6 subscribe SubscribeResult, 7 unsubscribe Empty, 8 publish Empty
            Error: 1 code uint, 2 message string, 3 temporary bool
            Push: 2 channel string, 4 pub Publication, 5 join Join, 6 leave Join, \
            7 unsubscribe Ending, 11 disconnect Disconnect
            Empty:
            Publication: 4 data json, 6 offset uint, 14 epoch string
            Join: 1 info ClientInfo
            ClientInfo: 1 user string, 2 client string
            Ending: 2 code uint, 3 reason string
            Disconnect: 1 code uint, 2 reason string, 3 reconnect bool
            ConnectResult: 1 client string, 6 subs {SubscribeResult}, 9 session string, \
            10 node string
            SubscribeResult: 6 epoch string, 7 publications [Publication], 8 recovered bool, \
            9 offset uint, 10 positioned bool
            """;

    private static final Map<String, Map<Integer, Field>> MESSAGES = messages();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;

    private record Field(int number, String name, String type) {
        boolean isNumber() {
            return type.equals("uint") || type.equals("bool");
        }

        /** Of the messages in a list or a map. */
        String elements() {
            return type.substring(1, type.length() - 1);
        }
    }

    private Protobuf() {}

    public static byte[] encode(String message, JsonNode tree) throws IOException {
        var out = new ByteArrayOutputStream();
        for (var field : fields(message).values()) {
            var value = tree.get(field.name());
            if (value != null) {
                write(field, value, out);
            }
        }
        return out.toByteArray();
    }

    /** The same behind its length. */
    public static byte[] encodeDelimited(String message, JsonNode tree) throws IOException {
        var out = new ByteArrayOutputStream();
        delimited(encode(message, tree), out);
        return out.toByteArray();
    }

    public static ObjectNode decode(String message, byte[] bytes) throws IOException {
        var tree = JsonNodeFactory.instance.objectNode();
        var in = new Cursor(bytes);
        while (in.hasMore()) {
            long tag = in.varint();
            var field = fields(message).get((int) (tag >>> 3));
            if ((tag & 7) == VARINT) {
                long number = in.varint();
                if (field != null) {
                    put(tree, field, number);
                }
            } else {
                var value = in.bytes((int) (tag & 7));
                if (field != null) {
                    put(tree, field, value);
                }
            }
        }
        return tree;
    }

    /** The next message, which comes behind its length. */
    public static byte[] readDelimited(InputStream in) throws IOException {
        int length = 0;
        int shift = 0;
        int next;
        do {
            next = in.read();
            if (next < 0) {
                throw new EOFException("closed");
            }
            length |= (next & 0x7f) << shift;
            shift += 7;
        } while (next >= 0x80);
        var message = in.readNBytes(length);
        if (message.length < length) {
            throw new EOFException("closed");
        }
        return message;
    }

    private static void write(Field field, JsonNode value, ByteArrayOutputStream out)
            throws IOException {
        if (field.isNumber()) {
            varint((long) field.number() << 3, out);
            varint(value.isBoolean() ? (value.asBoolean() ? 1 : 0) : value.asLong(), out);
            return;
        }
        if (field.type().startsWith("{")) {
            for (var entry : value.properties()) {
                writeBytes(field, entry(field, entry.getKey(), entry.getValue()), out);
            }
            return;
        }
        writeBytes(
                field,
                switch (field.type()) {
                    case "string" -> value.asText().getBytes(UTF_8);
                    case "json" -> JSON.writeValueAsBytes(value);
                    case "bytes" -> value.binaryValue();
                    default -> encode(field.type(), value);
                },
                out);
    }

    /** An entry of a map is a message of its own: the key is 1, the value 2. */
    private static byte[] entry(Field field, String key, JsonNode value) throws IOException {
        var out = new ByteArrayOutputStream();
        writeBytes(new Field(1, "key", "string"), key.getBytes(UTF_8), out);
        writeBytes(new Field(2, "value", "bytes"), encode(field.elements(), value), out);
        return out.toByteArray();
    }

    private static void writeBytes(Field field, byte[] bytes, ByteArrayOutputStream out) {
        varint(((long) field.number() << 3) | BYTES, out);
        delimited(bytes, out);
    }

    private static void delimited(byte[] bytes, ByteArrayOutputStream out) {
        varint(bytes.length, out);
        out.writeBytes(bytes);
    }

    private static void varint(long value, ByteArrayOutputStream out) {
        long left = value;
        while (left >>> 7 != 0) {
            out.write((int) ((left & 0x7f) | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }

    private static void put(ObjectNode tree, Field field, long number) {
        if (field.type().equals("bool")) {
            tree.put(field.name(), number != 0);
        } else {
            tree.put(field.name(), number);
        }
    }

    private static void put(ObjectNode tree, Field field, byte[] value) throws IOException {
        switch (field.type().charAt(0)) {
            case '[' -> tree.withArray("/" + field.name()).add(decode(field.elements(), value));
            case '{' -> {
                var in = new Cursor(value);
                in.varint();
                var key = new String(in.bytes(BYTES), UTF_8);
                in.varint();
                tree.withObject("/" + field.name())
                        .set(key, decode(field.elements(), in.bytes(BYTES)));
            }
            default ->
                    tree.set(
                            field.name(),
                            switch (field.type()) {
                                case "string" -> tree.textNode(new String(value, UTF_8));
                                case "json" -> JSON.readTree(value);
                                case "bytes" -> tree.binaryNode(value);
                                default -> decode(field.type(), value);
                            });
        }
    }

    private static Map<Integer, Field> fields(String message) {
        var fields = MESSAGES.get(message);
        if (fields == null) {
            throw new IllegalArgumentException(
                    "message: " + message + " (expected: one of SCHEMA)");
        }
        return fields;
    }

    private static Map<String, Map<Integer, Field>> messages() {
        var messages = new HashMap<String, Map<Integer, Field>>();
        SCHEMA.lines()
                .map(line -> line.split(":", 2))
                .forEach(line -> messages.put(line[0], fields(List.of(line[1].split(",", -1)))));
        return Map.copyOf(messages);
    }

    private static Map<Integer, Field> fields(List<String> texts) {
        var fields = new TreeMap<Integer, Field>();
        for (var text : texts) {
            var words = text.strip().split(" ", -1);
            if (words.length == 3) {
                int number = Integer.parseInt(words[0]);
                fields.put(number, new Field(number, words[1], words[2]));
            }
        }
        return Collections.unmodifiableMap(fields);
    }

    /** Where reading has come to. */
    private static final class Cursor {
        private final byte[] bytes;
        private int next;

        Cursor(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean hasMore() {
            return next < bytes.length;
        }

        long varint() {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte part = bytes[next++];
                value |= (long) (part & 0x7f) << shift;
                if (part >= 0) {
                    return value;
                }
            }
        }

        byte[] bytes(int wireType) {
            int length =
                    switch (wireType) {
                        case FIXED_64 -> 8;
                        case FIXED_32 -> 4;
                        default -> (int) varint();
                    };
            next += length;
            return Arrays.copyOfRange(bytes, next - length, next);
        }
    }
}
